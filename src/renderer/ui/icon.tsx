/** Icons: 16 px, 1.4 px line, drawn for the product. One sprite in the page; `Icon` refers to it by name. */
const symbols = {
  alert: (
    <>
      <path d="M8 2.5 14.3 13.3H1.7z" />
      <path d="M8 6.5v3.3M8 11.5v.1" />
    </>
  ),
  archive: (
    <>
      <rect x="2.5" y="3" width="11" height="3" rx=".8" />
      <path d="M3.5 6v7h9V6M6.5 8.7h3" />
    </>
  ),
  audio: (
    <>
      <path d="M2.5 8h1M5 5.5v5M7.5 3v10M10 6v4M12.5 7.2v1.6" />
    </>
  ),
  back: (
    <>
      <path d="M13 8H3.5M7 4 3 8l4 4" />
    </>
  ),
  bell: (
    <>
      <path d="M4 11V7a4 4 0 0 1 8 0v4l1 1.2H3zM6.7 13.8h2.6" />
    </>
  ),
  bolt: (
    <>
      <path d="M8.8 1.8 3.5 9h3.7l-.9 5.2L11.8 7H8z" />
    </>
  ),
  check: (
    <>
      <path d="m3 8.5 3.3 3.3L13 4.8" />
    </>
  ),
  chip: (
    <>
      <rect x="4" y="4" width="8" height="8" rx="1.2" />
      <path d="M6.5 1.8V4M9.5 1.8V4M6.5 12v2.2M9.5 12v2.2M1.8 6.5H4M1.8 9.5H4M12 6.5h2.2M12 9.5h2.2" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 5v3.2l2 1.3" />
    </>
  ),
  columns: (
    <>
      <rect x="2.5" y="3" width="11" height="10" rx="1.5" />
      <path d="M6.2 3v10M9.8 3v10" />
    </>
  ),
  compare: (
    <>
      <path d="M2 12.5c3 0 3.2-8 6-8s2.5 3.5 6 3.5" />
      <path d="M2 9c2.5 0 3.5 4 6 4s3.5-8 6-8" opacity=".55" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="7.8" height="7.8" rx="1.3" />
      <path d="M10.5 5.5V2.7H2.7v7.8h2.8" />
    </>
  ),
  dataset: (
    <>
      <ellipse cx="8" cy="4" rx="5" ry="1.9" />
      <path d="M3 4v8c0 1 2.2 1.9 5 1.9s5-.9 5-1.9V4M3 8c0 1 2.2 1.9 5 1.9S13 9 13 8" />
    </>
  ),
  down: (
    <>
      <path d="M3.5 6 8 10.5 12.5 6" />
    </>
  ),
  download: (
    <>
      <path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13.3h10" />
    </>
  ),
  expand: (
    <>
      <path d="M9.5 2.8h3.7v3.7M13 3 9.3 6.7M6.5 13.2H2.8V9.5M3 13l3.7-3.7" />
    </>
  ),
  eye: (
    <>
      <path d="M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8z" />
      <circle cx="8" cy="8" r="1.8" />
    </>
  ),
  eyeoff: (
    <>
      <path d="M3 3l10 10M6.3 4.1A6.4 6.4 0 0 1 8 3.8c4 0 6.2 4.2 6.2 4.2a11 11 0 0 1-1.7 2.2M4.4 5.3A10.6 10.6 0 0 0 1.8 8S4 12.2 8 12.2c1 0 1.9-.3 2.7-.7" />
    </>
  ),
  filter: (
    <>
      <path d="M2.5 4h11M4.5 8h7M6.5 12h3" />
    </>
  ),
  flag: (
    <>
      <path d="M4 14V2.5h8.5L10.3 5.7l2.2 3.3H4" />
    </>
  ),
  folder: (
    <>
      <path d="M2.3 12.8V3.5h4l1.5 1.8h5.9v7.5z" />
    </>
  ),
  fwd: (
    <>
      <path d="M3 8h9.5M9 4l4 4-4 4" />
    </>
  ),
  grip: (
    <>
      <circle cx="6" cy="4" r=".7" />
      <circle cx="10" cy="4" r=".7" />
      <circle cx="6" cy="8" r=".7" />
      <circle cx="10" cy="8" r=".7" />
      <circle cx="6" cy="12" r=".7" />
      <circle cx="10" cy="12" r=".7" />
    </>
  ),
  group: (
    <>
      <path d="M3 3.5h10M5.5 7h7.5M5.5 10h7.5M5.5 13h7.5M3 5.5V13" />
    </>
  ),
  image: (
    <>
      <rect x="2.5" y="3" width="11" height="10" rx="1.3" />
      <circle cx="5.8" cy="6.2" r="1" />
      <path d="m2.8 11.5 3.4-3 2.3 2 2-1.7 2.8 2.4" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M8 7.3v3.7M8 5.1v.1" />
    </>
  ),
  keys: (
    <>
      <rect x="1.8" y="4" width="12.4" height="8" rx="1.3" />
      <path d="M4.2 6.6h.1M6.7 6.6h.1M9.2 6.6h.1M11.7 6.6h.1M5 9.5h6" />
    </>
  ),
  left: (
    <>
      <path d="M10 3.5 5.5 8l4.5 4.5" />
    </>
  ),
  lock: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1.2" />
      <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
    </>
  ),
  model: (
    <>
      <path d="M8 1.9 13.3 5v6L8 14.1 2.7 11V5z" />
      <path d="M2.9 5.1 8 8l5.1-2.9M8 8v6" />
    </>
  ),
  moon: (
    <>
      <path d="M13 9.6A5.5 5.5 0 0 1 6.4 3 5.5 5.5 0 1 0 13 9.6z" />
    </>
  ),
  more: (
    <>
      <circle cx="3.5" cy="8" r=".6" />
      <circle cx="8" cy="8" r=".6" />
      <circle cx="12.5" cy="8" r=".6" />
    </>
  ),
  note: (
    <>
      <path d="M3.5 2.5h9v8l-3 3h-6z" />
      <path d="M12.5 10.5h-3v3M5.8 5.5h4.5M5.8 8h3" />
    </>
  ),
  pause: (
    <>
      <path d="M5.5 3.5v9M10.5 3.5v9" />
    </>
  ),
  pin: (
    <>
      <path d="M9.8 2.5 13.5 6.2 10.5 8l-.5 3.5L4.5 6 8 5.5zM6.8 9.2 3 13" />
    </>
  ),
  play: (
    <>
      <path d="M5 3.2v9.6L12.5 8z" />
    </>
  ),
  plus: (
    <>
      <path d="M8 3v10M3 8h10" />
    </>
  ),
  queue: (
    <>
      <path d="M2.5 4.5h7M2.5 8h7M2.5 11.5h7" />
      <path d="M12 8.2v4.3M10.2 10.9 12 12.7l1.8-1.8" />
      <circle cx="12" cy="4.5" r="1.2" />
    </>
  ),
  refresh: (
    <>
      <path d="M13 8a5 5 0 1 1-1.5-3.6L13 6M13 2.7V6H9.8" />
    </>
  ),
  reset: (
    <>
      <path d="M3 8a5 5 0 1 0 1.5-3.6L3 6M3 2.7V6h3.2" />
    </>
  ),
  right: (
    <>
      <path d="m6 3.5 4.5 4.5L6 12.5" />
    </>
  ),
  runs: (
    <>
      <path d="M2.5 4h11M2.5 8h11M2.5 12h7" />
    </>
  ),
  save: (
    <>
      <path d="M4.5 2.5h7V14L8 11.2 4.5 14z" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="m10.2 10.2 3.3 3.3" />
    </>
  ),
  seed: (
    <>
      <path d="M8 13.5V8M8 8C8 5 6 3.5 3 3.5 3 6.5 5 8 8 8zM8 9.5c0-2 1.5-3.5 4.8-3.5 0 2.5-1.8 3.5-4.8 3.5z" />
    </>
  ),
  settings: (
    <>
      <path d="M2.5 5h5M11 5h2.5M2.5 11h2.5M8.5 11h5" />
      <circle cx="9.2" cy="5" r="1.7" />
      <circle cx="6.7" cy="11" r="1.7" />
    </>
  ),
  sidebar: (
    <>
      <rect x="2.3" y="3" width="11.4" height="10" rx="1.5" />
      <path d="M6.3 3v10" />
    </>
  ),
  sine: (
    <>
      <path d="M1.8 8c1.5-6 4.2-6 6.2 0s4.7 6 6.2 0" />
    </>
  ),
  solo: (
    <>
      <circle cx="8" cy="8" r="5.3" />
      <circle cx="8" cy="8" r="2" fill="currentColor" stroke="none" />
    </>
  ),
  star: (
    <>
      <path d="m8 2.2 1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z" />
    </>
  ),
  stop: (
    <>
      <rect x="4" y="4" width="8" height="8" rx="1" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.7" />
      <path d="M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1" />
    </>
  ),
  sweep: (
    <>
      <path d="M2.5 13.5h11M4 11V9.2M8 11V6.2M12 11V3" />
    </>
  ),
  table: (
    <>
      <rect x="2.5" y="3" width="11" height="10" rx="1.3" />
      <path d="M2.5 6.3h11M6.8 6.3V13" />
    </>
  ),
  tag: (
    <>
      <path d="M2.8 7.3V2.8h4.5l6 6-4.5 4.5z" />
      <circle cx="5.3" cy="5.3" r=".6" />
    </>
  ),
  terminal: (
    <>
      <rect x="2" y="3" width="12" height="10" rx="1.5" />
      <path d="m4.8 6.2 2 1.8-2 1.8M8.3 10h2.9" />
    </>
  ),
  text: (
    <>
      <path d="M3 4h10M3 7h10M3 10h6.5M3 13h8" />
    </>
  ),
  trash: (
    <>
      <path d="M3 4.5h10M6.3 4.5V3h3.4v1.5M4.3 4.5l.6 8.7h6.2l.6-8.7M6.8 7v4M9.2 7v4" />
    </>
  ),
  undo: (
    <>
      <path d="M3 6.5h7a3.3 3.3 0 0 1 0 6.6H6M5.8 3.5 2.8 6.5l3 3" />
    </>
  ),
  up: (
    <>
      <path d="M3.5 10 8 5.5 12.5 10" />
    </>
  ),
  upload: (
    <>
      <path d="M8 10.5V3M4.8 6 8 2.8 11.2 6M3 13.3h10" />
    </>
  ),
  wave: (
    <>
      <path d="M1.8 11.5 5 6l2.6 3.6L10 4l4.2 7.5" />
    </>
  ),
  x: (
    <>
      <path d="m4 4 8 8M12 4l-8 8" />
    </>
  ),
} as const;

export type IconName = keyof typeof symbols;

export function IconSprite() {
  return (
    <svg className="sprite" aria-hidden="true">
      {Object.entries(symbols).map(([name, shape]) => (
        <symbol key={name} id={`i-${name}`} viewBox="0 0 16 16">
          {shape}
        </symbol>
      ))}
    </svg>
  );
}

export interface IconProps {
  readonly name: IconName;
  /** 14 px instead of 16. */
  readonly small?: boolean;
  readonly className?: string;
}

/** Decoration: the word stands beside it or in the label of its button. */
export function Icon({ name, small, className }: IconProps) {
  return (
    <svg className={['i', small ? 's' : '', className ?? ''].filter(Boolean).join(' ')} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}
