import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createTerminal } from '../../src/main/cli/terminal.ts';

function streams(columns?: number) {
  const texts = { output: '', errors: '' };
  const stream = (which: 'output' | 'errors') =>
    Object.assign(
      new Writable({
        write: (part, _encoding, done) => {
          texts[which] += String(part);
          done();
        },
      }),
      columns === undefined ? {} : { isTTY: true, columns },
    );
  return { texts, output: stream('output'), errors: stream('errors') };
}

describe('a terminal for people', () => {
  it('says on standard output and remarks on standard error', () => {
    const { texts, output, errors } = streams();
    const terminal = createTerminal({ output, errors, format: 'people', clock: () => 0 });
    terminal.say('table');
    terminal.note('remark');
    terminal.answer({ not: 'shown' });
    expect(texts).toEqual({ output: 'table\n', errors: 'remark\n' });
  });

  it('prints the status now and then where there is no terminal', () => {
    const { texts, output, errors } = streams();
    let now = 0;
    const terminal = createTerminal({ output, errors, format: 'people', clock: () => now });
    for (; now < 25_000; now += 500) terminal.status(`at ${now}`);
    expect(texts.errors).toBe('at 0\nat 10000\nat 20000\n');
  });

  it('keeps one status line on a terminal, within its width, under what is said', () => {
    const { texts, output, errors } = streams(20);
    const terminal = createTerminal({ output, errors, format: 'people', clock: () => 0 });
    terminal.status('a status that is longer than the terminal');
    terminal.status('second');
    terminal.note('remark');
    terminal.clearStatus();
    const erase = '\r\u001b[2K';
    expect(texts.errors).toBe(`${erase}a status that is lo${erase}second${erase}remark\nsecond${erase}`);
  });
});

describe('a terminal for programs', () => {
  it('has nothing but one JSON line on standard output', () => {
    const { texts, output, errors } = streams();
    const terminal = createTerminal({ output, errors, format: 'json', clock: () => 0 });
    terminal.say('table');
    terminal.answer({ a: [1, null] });
    expect(texts).toEqual({ output: '{"a":[1,null]}\n', errors: 'table\n' });
  });
});

describe('a reader that has gone', () => {
  it('is no error: the rest is not written', async () => {
    let writes = 0;
    const output = new Writable({
      write: (_part, _encoding, done) => {
        writes += 1;
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    const terminal = createTerminal({ output, errors: streams().errors, format: 'people', clock: () => 0 });
    terminal.say('first');
    await new Promise((resolve) => setImmediate(resolve));
    terminal.say('second');
    expect(writes).toBe(1);
  });
});
