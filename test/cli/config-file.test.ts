import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applySettings, readConfigFile, seedsOf } from '../../src/main/cli/config-file.ts';
import { examples, temporaryFolder } from './harness.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());
const read = (name: string) => readConfigFile(name, { cwd: folder.path, examples });

describe('a config file', () => {
  it('is read from where the command was typed, with or without a byte order mark', () => {
    writeFileSync(join(folder.path, 'mine.json'), '\uFEFF{"seed": 3}');
    expect(read('mine.json')).toEqual({ seed: 3 });
  });

  it('may be the name of an example', () => {
    expect(read('sinusoid-quick-start')).toMatchObject({ outer: { iterations: 5000 } });
  });

  it('is refused in plain words when it is missing, no JSON or no object', () => {
    expect(() => read('sinusoid-quick-strat')).toThrow(
      expect.objectContaining({ remedy: 'Did you mean the example sinusoid-quick-start?' }),
    );
    writeFileSync(join(folder.path, 'broken.json'), '{"seed": 3,}');
    expect(() => read('broken.json')).toThrow(/^broken\.json is not valid JSON: /);
    writeFileSync(join(folder.path, 'list.json'), '[]');
    expect(() => read('list.json')).toThrow('list.json must hold a JSON object with the fields of a run.');
  });
});

describe('--set', () => {
  it('changes fields in order, each read as its field wants it', () => {
    const changed = applySettings({ seed: 1 }, [
      'inner.rate=0.5',
      'name=007',
      'model.hidden=[64,64]',
      'outer.clip={"kind":"norm","limit":5}',
      'inner.rate=1',
    ]);
    expect(changed).toEqual({
      seed: 1,
      inner: { rate: 1 },
      name: '007',
      model: { hidden: [64, 64] },
      outer: { clip: { kind: 'norm', limit: 5 } },
    });
  });

  it('leaves a value that is no JSON for the schema to refuse', () => {
    expect(applySettings({}, ['inner.rate=fast'])).toEqual({ inner: { rate: 'fast' } });
  });

  it('refuses a field that no run has, with the one that was meant', () => {
    expect(() => applySettings({}, ['iner.rate=1'])).toThrow(
      expect.objectContaining({ remedy: 'Did you mean inner.rate?' }),
    );
    expect(() => applySettings({}, ['inner.rate'])).toThrow('--set takes path=value, got "inner.rate".');
  });
});

describe('--seeds', () => {
  it("is a count from the config's own seed on, or a list", () => {
    expect(seedsOf(undefined, 7)).toEqual([7]);
    expect(seedsOf('3', 7)).toEqual([7, 8, 9]);
    expect(seedsOf('5, 1,5', 7)).toEqual([5, 1]);
    expect(seedsOf('4,', 7)).toEqual([4]);
  });

  it.each(['0', '-1', '1.5', 'x', '', '1001', '1,x'])('refuses "%s"', (text) => {
    expect(() => seedsOf(text, 1)).toThrow(/allowed: how many \(1 to 1000\), or a list/);
  });
});
