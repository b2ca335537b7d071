import { expect, it } from 'vitest';
import { startMeasured } from './measured-process.ts';

const node = (script: string) => ({ program: process.execPath, words: ['-e', script], environment: process.env });
const first = `console.log('hello from a library'); console.log(JSON.stringify({ firstCallMs: 2, beforeMb: 1, parameters: 3, stepsPerCall: 1, versions: {} }));`;
const echo = `require('readline').createInterface({ input: process.stdin }).on('line', (line) =>
  console.log(JSON.stringify({ msPerStep: Number(line), fastestMs: 1, steps: 1, peakMb: 1, cpuSeconds: 0 })));`;
const longMs = 20_000;

it('hears the first call and a line for each window, past what libraries print', async () => {
  const measured = await startMeasured(node(first + echo), longMs);
  expect(measured.first.parameters).toBe(3);
  expect((await measured.measure(2.5, longMs)).msPerStep).toBe(2.5);
  expect((await measured.measure(4, longMs)).msPerStep).toBe(4);
  measured.end();
});

it('tells the last line of a process that dies, before and after its first call', async () => {
  const dying = `console.error('Traceback'); console.error('ImportError: no torch'); process.exit(1);`;
  await expect(startMeasured(node(dying), longMs)).rejects.toThrow('it ended (1): ImportError: no torch');
  const later = await startMeasured(node(`${first} process.stdin.once('data', () => { ${dying} });`), longMs);
  await expect(later.measure(1, longMs)).rejects.toThrow('ImportError: no torch');
});

it('gives up a process that takes too long', async () => {
  await expect(startMeasured(node('setInterval(() => {}, 1000)'), 300)).rejects.toThrow('it took longer than 0 s.');
});

it('says what cannot be started', async () => {
  const missing = { program: '/nowhere/python3', words: [], environment: {} };
  await expect(startMeasured(missing, longMs)).rejects.toThrow(/could not be started: .*ENOENT/);
});
