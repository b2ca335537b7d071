import type { CSSProperties } from 'react';
import { useRequest } from '../../app/core.ts';
import { Icon } from '../../ui/icon.tsx';
import { Pixels } from '../../ui/pixels.tsx';
import { glyphsConfig } from './quick-starts.ts';

/** Drawings that show what a quick start learns: sketches, not results. */

const points = 51;
const toX = (share: number): number => 8 + share * 268;
const toY = (value: number): number => 66 - value * 43;

const curve = (value: (x: number) => number): string =>
  Array.from({ length: points }, (_, index) => {
    const share = index / (points - 1);
    return `${index === 0 ? 'M' : 'L'}${toX(share).toFixed(1)} ${toY(value(share * 10)).toFixed(1)}`;
  }).join('');

const truth = (x: number): number => Math.sin(x + 0.38);
const before = (x: number): number => 0.2 * Math.sin(0.75 * x - 2.4);
const supportPoints = [0.9, 2.6, 4.4, 6.4, 8] as const;

/** A wave, the guess before adaptation and the fit after it. */
export function SinePicture() {
  return (
    <svg viewBox="0 0 284 132" className="ill" aria-hidden="true">
      <path className="zero" d="M8 66H276" />
      <path className="t0" d={curve(before)} />
      <path className="t1" d={curve((x) => 0.62 * truth(x) + 0.38 * before(x))} />
      <path className="t5" d={curve(truth)} />
      {supportPoints.map((x) => (
        <circle key={x} cx={toX(x / 10)} cy={toY(truth(x))} r="4" />
      ))}
      <text className="l0" x="10" y="84">
        before
      </text>
      <text className="l5" x="178" y="14">
        after adapting
      </text>
    </svg>
  );
}

/** A task of the glyphs as the run would draw it: five classes, one drawing of each, one query. */
export function GlyphsPicture() {
  const drawn = useRequest('config.draw-task', { config: glyphsConfig, skip: 0 });
  const task = drawn.value;
  const asked = task?.query.find(({ label }) => label === 3);
  const image = (pixels: Uint8Array | undefined) =>
    pixels && task ? (
      <Pixels pixels={pixels} width={task.width} height={task.height} channels={1} polarity="ink-dark" />
    ) : null;
  return (
    <div className="ill2" aria-hidden="true">
      <div>
        <span className="t11 muted">5 classes, 1 drawing each</span>
        <div className="r">
          {[0, 1, 2, 3, 4].map((label) => (
            <span key={label} className="tile big">
              {image(task?.support.find((each) => each.label === label)?.pixels)}
            </span>
          ))}
        </div>
      </div>
      <div className="r q">
        <span className="tile big q">{image(asked?.pixels)}</span>
        <span className="arrow">
          <Icon name="fwd" />
        </span>
        <span className="t11">
          <b className="strong">class 4</b>
          <br />
          <span className="muted">of 5</span>
        </span>
      </div>
    </div>
  );
}

const answers = [
  { kind: 'place', share: 0.81 },
  { kind: 'person', share: 0.14 },
  { kind: 'time', share: 0.03 },
] as const;

/** A question and what it is taken to ask for: a sketch. */
export function QuestionPicture() {
  return (
    <div className="ill3" aria-hidden="true">
      <p>I know who sold the ferry. Where did the captain go?</p>
      <ul>
        {answers.map(({ kind, share }) => (
          <li key={kind}>
            <span>{kind}</span>
            <i style={{ '--v': `${share * 100}%` } as CSSProperties} />
            <b className="num">{share.toFixed(2)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
