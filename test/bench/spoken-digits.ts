import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createRandom } from '../../src/shared/random/random.ts';

/**
 * Ten digits, spoken by the speech synthesizer espeak-ng (a package of most systems, which must be installed) in many
 * voices, speeds and pitches: a small dataset of clips to try runs on sound with. Drawn from a fixed seed:
 *
 *     node test/bench/spoken-digits.ts FOLDER [CLIPS OF EACH DIGIT]
 *
 * writes FOLDER/zero/01.wav ... FOLDER/nine/60.wav, which `innerloop datasets import FOLDER` reads.
 */
const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
const languages = ['en-us', 'en-gb', 'en-gb-scotland', 'en-gb-x-rp', 'en-gb-x-gbclan', 'en-029'] as const;
const speakers = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'f1', 'f2', 'f3', 'f4', 'f5', 'croak', 'whisper'] as const;

function speak(digit: string, file: string, seed: number): void {
  const random = createRandom(seed, `spoken/${digit}`);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random.uniform() * items.length)]!;
  const whole = (least: number, most: number): string => String(Math.floor(random.uniformBetween(least, most + 1)));
  const voice = `${pick(languages)}+${pick(speakers)}`;
  const options = ['-v', voice, '-s', whole(110, 220), '-p', whole(20, 80), '-a', whole(40, 120), '-w', file];
  const { error, status, stderr } = spawnSync('espeak-ng', [...options, digit], { encoding: 'utf8' });
  if (error) throw new Error(`espeak-ng could not be started: ${error.message}. Is it installed?`);
  if (status !== 0) throw new Error(`espeak-ng could not speak "${digit}" as ${voice}: ${stderr.trim()}`);
}

function main([folder, clips = '60']: readonly string[]): void {
  const amount = Number(clips);
  if (folder === undefined || !Number.isInteger(amount) || amount < 1) {
    throw new Error('Usage: node test/bench/spoken-digits.ts FOLDER [CLIPS OF EACH DIGIT]');
  }
  for (const digit of digits) {
    mkdirSync(path.join(folder, digit), { recursive: true });
    for (let clip = 1; clip <= amount; clip++) {
      speak(digit, path.join(folder, digit, `${String(clip).padStart(2, '0')}.wav`), clip);
    }
  }
  console.log(`${digits.length * amount} clips of ${digits.length} digits lie in ${folder}.`);
}

main(process.argv.slice(2));
