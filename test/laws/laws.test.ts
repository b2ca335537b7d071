import { describe, expect, it } from 'vitest';
import { brokenLaws, circles, importsOf, type SourceFile, sourceFiles } from './imports.ts';

const files = sourceFiles();
const file = (path: string, text: string): SourceFile => ({ path, text });

describe('the laws of the house', () => {
  it('finds the house at all', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap(importsOf).length).toBeGreaterThan(100);
  });

  it('every import stays within what its room may import', () => {
    expect(brokenLaws(files)).toEqual([]);
  });

  it('has no circles', () => {
    expect(circles(files)).toEqual([]);
  });

  it('has one file that touches window.innerloop', () => {
    const touching = files.filter(
      ({ path, text }) => path.startsWith('renderer/') && /window\.innerloop|globalThis\.innerloop/.test(text),
    );
    expect(touching.map(({ path }) => path)).toEqual(['renderer/app/core.ts']);
  });

  it('has one importer of ipcMain and one of ipcRenderer', () => {
    const using = (word: string) =>
      files.filter(({ text }) => new RegExp(`\\b${word}\\b`).test(text)).map(({ path }) => path);
    expect(using('ipcMain')).toEqual(['main/shell/gateway.ts']);
    expect(using('ipcRenderer')).toEqual(['preload/index.ts']);
  });

  it('keeps SQL in the store', () => {
    const sql = /\b(SELECT\s+.+\s+FROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE)\b/;
    const elsewhere = files.filter(({ path, text }) => sql.test(text) && !path.startsWith('main/core/store/'));
    expect(elsewhere.map(({ path }) => path)).toEqual([]);
  });

  it('has one source of randomness', () => {
    const unseeded = files.filter(({ text }) => /\bMath\.random\s*\(/.test(text));
    expect(unseeded.map(({ path }) => path)).toEqual([]);
  });

  it('keeps files to a readable size', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 400).map(({ path }) => path);
    expect(long).toEqual([]);
  });
});

describe('the checker itself', () => {
  it('refuses what it should', () => {
    expect(brokenLaws([file('shared/a.ts', "import { readFile } from 'node:fs';")])).toEqual([
      'shared/a.ts imports node:fs, which shared may not.',
    ]);
    expect(brokenLaws([file('renderer/a.tsx', "import '../main/core/store/database.ts';")])).toHaveLength(1);
    expect(brokenLaws([file('main/core/a.ts', "const tf = await import('@tensorflow/tfjs-core');")])).toHaveLength(1);
    expect(brokenLaws([file('main/cli/a.ts', "export { x } from '../core-client/index.ts';")])).toHaveLength(1);
    expect(brokenLaws([file('elsewhere/a.ts', '')])).toHaveLength(1);
  });

  it('sees circles, and reads no comments', () => {
    const pair = [
      file('shared/a.ts', "import './b.ts';"),
      file('shared/b.ts', "// import './c.ts';\nimport './a.ts';"),
    ];
    expect(circles(pair)).toEqual([['shared/a.ts', 'shared/b.ts', 'shared/a.ts']]);
    expect(importsOf(pair[1]!)).toHaveLength(1);
  });
});
