/**
 * What a set-up tells its reader: a heading for each step that has work to do, progress with the time left, and at
 * the end the bytes and seconds it took. A step with nothing to do stays silent.
 */

/** @param {number} bytes @returns {string} decimal units, as package registries print them: '274 MB' */
export function formatBytes(bytes) {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
  return `${Math.ceil(bytes / 1e3)} kB`;
}

/** @param {number} seconds @returns {string} '0.4 s', '12 s' or '3 min 5 s' */
export function formatSeconds(seconds) {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/**
 * @param {{done: number, total: number, seconds: number, unit: 'bytes' | 'files' | 'packages'}} state
 *   how much is done of how much since how long
 * @returns {string} for example '120 MB of 274 MB, 44 %, 3 s left'
 */
export function describeProgress({ done, total, seconds, unit }) {
  const amount = (/** @type {number} */ value) => (unit === 'bytes' ? formatBytes(value) : String(value));
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const left = share > 0.02 && seconds > 0.5 ? `, ${formatSeconds((seconds * (1 - share)) / share)} left` : '';
  const counted = unit === 'bytes' ? '' : ` ${unit}`;
  return `${amount(done)} of ${amount(total)}${counted}, ${Math.floor(share * 100)} %${left}`;
}

/**
 * @typedef {object} Reporter
 * @property {(title: string) => void} step opens a step that has work to do
 * @property {(done: number, total: number, unit: 'bytes' | 'files' | 'packages') => void} progress at most a line each 2 s
 *   (in place on a terminal, every 0.2 s)
 * @property {(sentence: string) => void} note
 * @property {(bytes: number) => void} downloaded adds to the sum that is printed at the end
 * @property {() => {bytes: number, steps: number, seconds: number}} total
 */

/**
 * @param {{stream: {write: (text: string) => unknown, isTTY?: boolean}, quiet: boolean, now: () => number}} options
 *   quiet keeps headings and notes, and drops progress
 * @returns {Reporter}
 */
export function createReporter({ stream, quiet, now }) {
  const startedAt = now();
  const inPlace = stream.isTTY === true;
  let bytes = 0;
  let steps = 0;
  let phase = { key: '', startedAt: 0, from: 0 };
  let shownAt = 0;
  let shownDone = -1;
  let openLine = false;

  const line = (/** @type {string} */ text) => {
    if (openLine) stream.write('\r\x1b[2K');
    openLine = false;
    stream.write(`${text}\n`);
  };

  return {
    step(title) {
      steps += 1;
      phase = { key: '', startedAt: 0, from: 0 };
      line(`- ${title}`);
    },
    progress(done, total, unit) {
      const at = now();
      const key = `${total} ${unit}`;
      if (phase.key !== key) {
        phase = { key, startedAt: at, from: done };
        shownAt = at;
        return;
      }
      if (quiet || at - shownAt < (inPlace ? 200 : 2000)) return;
      shownAt = at;
      if (done === shownDone) return; // it stands still, or is complete and being checked
      shownDone = done;
      const text = `  ${describeProgress({ done, total, seconds: (at - phase.startedAt) / 1000, unit })}`;
      if (!inPlace) return line(text);
      stream.write(`\r\x1b[2K${text}`);
      openLine = true;
    },
    note: (sentence) => line(`  ${sentence}`),
    downloaded(more) {
      bytes += more;
    },
    total: () => ({ bytes, steps, seconds: (now() - startedAt) / 1000 }),
  };
}
