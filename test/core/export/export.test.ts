import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../../src/main/core/export/tf-record.ts';
import { readSafetensors } from '../../../src/main/files/safetensors.ts';
import { awkward, testExport, vector } from './export-for-test.ts';
import { readEvents } from './read-events.ts';

describe('numbers', () => {
  it('stand in the CSV with every bit', async () => {
    const { exported, to } = testExport();
    const { folder, files } = await exported('csv');
    expect(folder).toBe(to);
    const text = readFileSync(join(to, 'metrics.csv'), 'utf8');
    expect(files).toEqual([{ name: 'metrics.csv', bytes: text.length }]);
    const [head, ...rows] = text.trimEnd().split('\r\n');
    expect(head).toBe('metric,step,value');
    expect(rows[0]).toBe('"odd,""name""",0,1');
    const loss = rows.slice(1).map((row) => row.split(','));
    expect(loss.map(([key, step, value]) => [key, Number(step), Number(value)])).toEqual(
      awkward.map(([step, value]) => ['train/loss', step, value]),
    );
  });

  it('stand in the JSON with every bit, beside config and evaluations', async () => {
    const { exported, to } = testExport();
    await exported('json');
    const read = JSON.parse(readFileSync(join(to, 'run.json'), 'utf8'));
    expect(read.metrics['train/loss'].map(([step, value]: [number, unknown]) => [step, Number(value)])).toEqual(
      awkward,
    );
    expect(read.metrics['odd,"name"']).toEqual([[0, 1]]);
    expect(read.run).toMatchObject({ id: 'r1', config: { task: { kind: 'sinusoid' } } });
    expect(read.evaluations).toHaveLength(1);
  });

  it('stand in an event file of TensorBoard as float32, each in the time of its step', async () => {
    const { exported, to } = testExport();
    await exported('tensorboard');
    const [name] = readdirSync(to);
    expect(name).toBe('events.out.tfevents.2000.innerloop');
    const [version, ...events] = readEvents(readFileSync(join(to, name!)));
    expect(version).toMatchObject({ fileVersion: 'brain.Event:2', wallTime: 2000 });
    const loss = events.filter(({ tag }) => tag === 'train/loss');
    expect(loss.map(({ step, value }) => [step, value])).toEqual(
      awkward.map(([step, value]) => [step, Math.fround(value)]),
    );
    expect(loss[3]?.wallTime).toBe(2005); // step 10 of 100 in 50 seconds
  });

  it('are framed by the CRC-32C of RFC 3720', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe(0x46dd794e);
  });
});

describe('parameters', () => {
  it('come from the best checkpoint, under their own names and without the optimiser', async () => {
    const { exported, checkpoint, to } = testExport();
    const state = (value: number) =>
      new Map([
        ['parameter/dense.kernel', vector(value, 2)],
        ['optimizer/first/dense.kernel', vector(9, 9)],
      ]);
    await checkpoint(50, 'best', state(1));
    await checkpoint(100, 'last', state(5));
    await exported('safetensors');
    const { tensors, metadata } = await readSafetensors(join(to, 'model.safetensors'));
    expect([...tensors]).toEqual([['dense.kernel', vector(1, 2)]]);
    expect(metadata.get('iteration')).toBe('50');
    expect(metadata.get('run')).toBe('r1');
  });

  it('of a run without a checkpoint are refused, and no folder is left', async () => {
    const { exported, to } = testExport();
    await expect(exported('safetensors')).rejects.toMatchObject({
      code: 'not-found',
      message: 'r1 has no checkpoint yet, so it has no parameters to export.',
    });
    expect(readdirSync(dirname(to))).toEqual([]);
  });
});

describe('the folder', () => {
  it('may exist when it is empty', async () => {
    const { exported, to } = testExport();
    mkdirSync(to);
    await exported('csv');
    expect(readdirSync(to)).toEqual(['metrics.csv']);
  });

  it('is never overwritten', async () => {
    const { exported, to } = testExport();
    mkdirSync(to);
    writeFileSync(join(to, 'mine.txt'), 'mine');
    await expect(exported('csv')).rejects.toMatchObject({
      code: 'in-use',
      message: 'The folder "exported" is not empty, and nothing is overwritten. Export into a new or empty folder.',
    });
    expect(readdirSync(to)).toEqual(['mine.txt']);
    await expect(exported('csv', join(to, 'mine.txt'))).rejects.toMatchObject({ code: 'in-use' });
    expect(readFileSync(join(to, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it('is whole or not there: what a failing export wrote is removed', async () => {
    const { exported, checkpoint, context, to } = testExport();
    await checkpoint(50, 'best', new Map([['parameter/a', vector(1)]]));
    writeFileSync(join(context.layout.runs, 'r1', 'iteration-50.safetensors'), 'damaged');
    await expect(exported('safetensors')).rejects.toMatchObject({ code: 'bad-file' });
    expect(readdirSync(dirname(to))).toEqual([]);
  });
});

it('makes no Hugging Face folder of a run that fine-tunes no encoder', async () => {
  const { exported, checkpoint } = testExport();
  await checkpoint(50, 'best', new Map([['parameter/a', vector(1)]]));
  await expect(exported('huggingface')).rejects.toMatchObject({
    code: 'wrong-state',
    message: 'r1 is no fine-tuned text model, so there is no Hugging Face folder of it. Export it as safetensors.',
  });
});
