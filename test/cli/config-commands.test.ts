import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRunConfig } from '../../src/shared/run-config/complete.ts';
import { fieldsOf } from '../../src/shared/run-config/fields.ts';
import { presetById } from '../../src/shared/run-config/presets.ts';
import { cli, temporaryFolder } from './harness.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());
const inFolder = (name: string) => join(folder.path, name);

describe('config init', () => {
  it('writes a valid config and a page that describes every field of it', async () => {
    const { code, output } = await cli(['config', 'init', 'glyphs-quick-start'], { cwd: folder.path });
    expect(code).toBe(0);
    expect(output).toContain('innerloop run glyphs-quick-start.json');
    const config = JSON.parse(readFileSync(inFolder('glyphs-quick-start.json'), 'utf8'));
    expect(parseRunConfig(config)).toEqual({ ok: true, config });
    expect(config).toEqual(presetById('quick-glyphs').config);
    const page = readFileSync(inFolder('glyphs-quick-start.md'), 'utf8');
    for (const { path } of fieldsOf(config)) expect(page).toContain(`\`${path}\` = `);
    expect(page).toContain(
      '- `inner.rate` = `0.4`: Rate. Step size of the inner gradient steps on the support set. Allowed: a number above 0, at most 100. Source: Finn 2017.',
    );
  });

  it("starts from the sinusoid for a name of one's own, or from what is asked", async () => {
    await cli(['config', 'init', 'mine'], { cwd: folder.path });
    expect(JSON.parse(readFileSync(inFolder('mine.json'), 'utf8')).task.kind).toBe('sinusoid');
    await cli(['config', 'init', 'other.json', '--from', 'maml-omniglot-5w1s'], { cwd: folder.path });
    expect(JSON.parse(readFileSync(inFolder('other.json'), 'utf8')).task.dataset).toBe('omniglot');
    expect(existsSync(inFolder('other.md'))).toBe(true);
  });

  it('never replaces a file unless it is forced to', async () => {
    writeFileSync(inFolder('mine.json'), 'precious');
    const { code, errors } = await cli(['config', 'init', 'mine'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(errors).toContain('mine.json exists already.');
    expect(readFileSync(inFolder('mine.json'), 'utf8')).toBe('precious');
    expect((await cli(['config', 'init', 'mine', '--force'], { cwd: folder.path })).code).toBe(0);
  });

  it('refuses an example that does not exist, with the ones that do', async () => {
    const { code, errors } = await cli(['config', 'init', 'mine', '--from', 'x'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(errors).toContain('maml-omniglot-small-5w1s');
  });
});

describe('config check', () => {
  it('names each of three wrong fields, in JSON as well, without a core', async () => {
    writeFileSync(inFolder('bad.json'), JSON.stringify({ inner: { rate: -1, steps: 0 }, outer: { optimizer: 'adm' } }));
    const { code, json, asked } = await cli(['config', 'check', 'bad.json', '--json'], { cwd: folder.path });
    expect([code, asked]).toEqual([2, []]);
    expect(json()).toMatchObject({
      ok: false,
      errors: [
        { path: 'inner.rate', message: 'inner.rate is -1; allowed: a number above 0, at most 100.' },
        { path: 'inner.steps' },
        { path: 'outer.optimizer' },
      ],
    });
  });

  it('asks the core whether the dataset fits', async () => {
    const advice = [{ path: 'evaluation.every', message: 'There is no validation.', level: 'warning' as const }];
    const memory = { peakBytes: 7.1e8, freeBytes: 4e9, source: 'an upper bound' };
    const core = {
      'config.check': () => ({ errors: [], advice, name: 'maml-x', estimate: null, memory, existing: [] }),
    };
    const { code, output, json } = await cli(['config', 'check', 'glyphs-quick-start', '--json'], { core });
    expect(code).toBe(0);
    expect(json()).toEqual({ ok: true, errors: [], advice, memory });
    expect(output.trim().split('\n')).toHaveLength(1);
  });
});

describe('config schema', () => {
  it('is the JSON Schema of a config', async () => {
    const people = await cli(['config', 'schema']);
    expect(JSON.parse(people.output)).toMatchObject({ type: 'object', properties: { inner: {} } });
    expect((await cli(['config', 'schema', '--json'])).json()).toEqual(JSON.parse(people.output));
  });
});
