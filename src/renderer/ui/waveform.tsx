export interface WaveformProps {
  readonly samples: Int16Array;
  /** Read by screen readers; without it the picture is decoration. */
  readonly label?: string;
}

const columns = 200;

/** A clip's waveform: of each part the least and greatest sample; its size on the page is the style sheet's. */
export function Waveform({ samples, label }: WaveformProps) {
  const spoken = label === undefined ? {} : { role: 'img', 'aria-label': label };
  return (
    <span className="waveform" {...spoken}>
      <svg viewBox={`0 0 ${columns} 100`} preserveAspectRatio="none" aria-hidden="true">
        <path d={waveformPath(samples, columns)} />
      </svg>
    </span>
  );
}

/** A stroke for each column of a box 100 high, from the least to the greatest sample; silence is a line in its middle. */
export function waveformPath(samples: Int16Array, width: number): string {
  const strokes: string[] = [];
  for (let column = 0; column < width; column++) {
    const begin = Math.floor((column * samples.length) / width);
    const end = Math.max(begin + 1, Math.floor(((column + 1) * samples.length) / width));
    let [least, greatest] = [0, 0];
    for (let at = begin; at < end; at++) {
      least = Math.min(least, samples[at] ?? 0);
      greatest = Math.max(greatest, samples[at] ?? 0);
    }
    strokes.push(`M${column + 0.5} ${height(greatest) - 0.5}V${height(least) + 0.5}`);
  }
  return strokes.join('');
}

const height = (sample: number): number => Math.round((50 - (sample * 49) / 32_768) * 10) / 10;
