import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CommandLine } from './command-line.ts';
import type { Ground } from './ground.ts';
import type { DividedMail } from './mails.ts';

export interface ExportToCompare {
  readonly innerloop: CommandLine;
  readonly folder: string;
  readonly ground: Ground;
  readonly python: string;
  /** Name of a finished run. */
  readonly run: string;
}

/**
 * Exports a run as a Hugging Face folder and lets transformers predict the whole test split with it, beside what
 * `innerloop predict` says; the sentence that peers/predict_exported.py prints, which throws when a class differs.
 */
export async function compareExport({ innerloop, folder, ground, python, run }: ExportToCompare): Promise<string> {
  const exported = join(folder, `exported-${run}`);
  if (!existsSync(exported)) await innerloop('export', run, '--format', 'huggingface', '--to', exported);
  const mails = readFileSync(ground.mails, 'utf8').trim().split('\n');
  const test = mails.map((line) => JSON.parse(line) as DividedMail).filter(({ split }) => split === 'test');
  const texts = join(folder, 'test-mails.txt');
  writeFileSync(texts, `${test.map(({ text }) => text).join('\n')}\n`); // a text has no line breaks
  const answer = await innerloop('predict', run, '--file', texts);
  const predictions = join(folder, `predictions-${run}.json`);
  writeFileSync(predictions, JSON.stringify(answer));
  const script = join(import.meta.dirname, '../peers/predict_exported.py');
  const words = [script, '--model', exported, '--predictions', predictions];
  const env = { ...process.env, CUDA_VISIBLE_DEVICES: '-1', PYTHONDONTWRITEBYTECODE: '1' };
  const { stdout } = await promisify(execFile)(python, words, { env, maxBuffer: 2 ** 26 });
  return stdout;
}
