import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { explainPip, fetchWheel } from '../../scripts/setup/wheel.mjs';
import { recordingReporter } from './recording-reporter.ts';
import { temporaryFolder } from './temporary-folder.ts';

const pin = {
  project: 'tensorflow-cpu',
  version: '2.21.0',
  file: 'tensorflow.whl',
  platform: 'any',
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', // of 'abc'
  bytes: 3,
  unpackedBytes: 3,
};

afterEach(() => vi.unstubAllEnvs());

/** A python3 whose `-m pip download` writes the given text as the wheel. */
function pretendPip(content: string): { cache: string; calls: () => number } {
  const folder = temporaryFolder();
  const log = join(folder, 'calls');
  const script = `#!/bin/sh
if [ "$3" = --version ]; then exit 0; fi
echo call >> '${log}'
while [ "$1" != --dest ]; do shift; done
printf '${content}' > "$2/tensorflow.whl"
`;
  writeFileSync(join(folder, 'python3'), script);
  chmodSync(join(folder, 'python3'), 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
  const calls = () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0);
  return { cache: join(folder, 'cache'), calls };
}

test.skipIf(process.platform === 'win32')(
  '(needs a POSIX shell) a wheel is fetched once and its bytes are counted',
  async () => {
    const { cache, calls } = pretendPip('abc');
    const { report } = recordingReporter();
    const place = { cache, platform: process.platform, report };
    const wheel = await fetchWheel(pin, place);
    expect(readFileSync(wheel, 'utf8')).toBe('abc');
    expect(await fetchWheel(pin, place)).toBe(wheel);
    expect(calls()).toBe(1);
    expect(report.total().bytes).toBe(3);
  },
);

test.skipIf(process.platform === 'win32')(
  'a wheel with another digest is refused and nothing of it stays',
  async () => {
    const { cache } = pretendPip('abd');
    const { report } = recordingReporter();
    await expect(fetchWheel(pin, { cache, platform: process.platform, report })).rejects.toThrow(/is not the file/);
    expect(readdirSync(join(cache, 'downloads'))).toEqual([]);
  },
);

test.skipIf(process.platform === 'win32')(
  '(needs a POSIX shell) half a wheel of an interrupted set-up is fetched again',
  async () => {
    const { cache, calls } = pretendPip('abc');
    mkdirSync(join(cache, 'downloads', '.unfinished-tensorflow.whl'), { recursive: true });
    writeFileSync(join(cache, 'downloads', 'tensorflow.whl'), 'ab');
    const { report } = recordingReporter();
    const wheel = await fetchWheel(pin, { cache, platform: process.platform, report });
    expect(readFileSync(wheel, 'utf8')).toBe('abc');
    expect(readdirSync(join(cache, 'downloads'))).toEqual(['tensorflow.whl']);
    expect(calls()).toBe(1);
  },
);

test('without Python the sentence says what to install', async () => {
  vi.stubEnv('PATH', temporaryFolder());
  const { report } = recordingReporter();
  const place = { cache: temporaryFolder(), platform: process.platform, report };
  await expect(fetchWheel(pin, place)).rejects.toThrow(/Python with pip was not found.*\nInstall Python 3 with pip/);
});

test.each([
  ['ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device', /disk is full/],
  [
    'WARNING: Retrying after connection broken by NewConnectionError(...Temporary failure in name resolution)',
    /cannot be reached/,
  ],
  [
    'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.',
    /another tensorflow-cpu 2\.21\.0 .* refused/,
  ],
  ['Traceback\nValueError: something new', /something new/],
])('what pip said is turned into a sentence: %s', (output, sentence) => {
  expect(explainPip(output, pin).message).toMatch(sentence);
});
