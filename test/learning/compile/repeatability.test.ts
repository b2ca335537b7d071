import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { trainerEnvironment } from '../../../src/main/files/tensorflow-env.ts';

const entry = join(import.meta.dirname, 'series-process.ts');

async function series(workload: string, compiler: string, threads: number): Promise<string> {
  const env = { ...process.env, ...trainerEnvironment({ device: 'cpu', threads }) };
  const { stdout } = await promisify(execFile)(process.execPath, [entry, workload, compiler], { env });
  return stdout;
}

describe.each(['sinusoid', 'convolution'])('%s', (workload) => {
  test.each(['tensorflow', 'xla'])('two processes agree to the bit when compiled with %s', async (compiler) => {
    const both = await Promise.all([series(workload, compiler, 1), series(workload, compiler, 1)]);
    expect(both[0]).toMatch(new RegExp(`^${compiler} [0-9a-f]{64}\n$`));
    expect(both[1]).toBe(both[0]);
  });

  test('and when threads share the operations', async () => {
    const both = await Promise.all([series(workload, 'tensorflow', 2), series(workload, 'tensorflow', 2)]);
    expect(both[1]).toBe(both[0]);
  });
});
