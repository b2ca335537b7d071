import { describe, expect, it } from 'vitest';
import { commands, laterCommands } from '../../src/main/cli/commands.ts';
import { parseArguments } from '../../src/main/cli/parse-arguments.ts';
import { cli } from './harness.ts';

describe('the command line', () => {
  it('lists every command and none that is not built yet', async () => {
    const { code, output } = await cli(['--help']);
    expect(code).toBe(0);
    for (const { name } of commands) expect(output).toContain(name);
    for (const name of laterCommands) expect(output).not.toMatch(new RegExp(`^  ${name}`, 'm'));
  });

  it('says of later commands that they are not in this version, and exits with 2', async () => {
    for (const name of laterCommands) {
      const { code, errors } = await cli([name, 'x']);
      expect([code, errors]).toEqual([2, `innerloop ${name} is not in this version.\nSee what is: innerloop --help\n`]);
    }
  });

  it.each([
    [['rnu', 'x'], 'There is no command innerloop rnu.', 'Did you mean innerloop run?'],
    [['datsets', 'list'], 'There is no command innerloop datsets.', 'Did you mean innerloop datasets?'],
    [['datasets', 'lst'], 'There is no command innerloop datasets lst.', 'Did you mean innerloop datasets list?'],
    [['runs', '--limt', '3'], 'innerloop runs has no option --limt.', 'Did you mean --limit?'],
    [['run', 'x.json', '--device', 'gpuu'], '--device is "gpuu"; allowed: auto or cpu or gpu.', 'Did you mean gpu?'],
    [
      ['show'],
      'RUN is missing: number, id, beginning of an id, or name of a run.',
      'Usage: innerloop show RUN [options]',
    ],
    [['runs', 'x'], '"x" is one argument too many.', 'Usage: innerloop runs [options]'],
    [['runs', '--limit', '0'], '--limit is "0"; allowed: a whole number from 1 to 10000.', ''],
    [['runs', '--limit'], '--limit needs a value: --limit N.', ''],
    [['runs', '--filter', '--json'], '--filter needs a value: --filter EXPR.', ''],
    [['runs', '--bin=yes'], '--bin is a switch and takes no value, got "yes".', ''],
    [['runs', '--limit', '1', '--limit', '2'], '--limit stands 2 times; give it once.', ''],
    [['datasets'], 'innerloop datasets needs one of: import, list, show, split, verify, remove.', ''],
  ])('refuses %j with 2 and a hint', async (words, sentence, hint) => {
    const { code, errors, output, asked } = await cli(words);
    expect(code).toBe(2);
    expect(errors.trim().split('\n')).toEqual(hint === '' ? [sentence] : [sentence, hint]);
    expect(words.includes('--json') ? asked : output).toEqual(words.includes('--json') ? [] : '');
  });

  it('gives an error as JSON too, as the last line of standard output', async () => {
    const { code, json } = await cli(['rnu', '--json']);
    expect(code).toBe(2);
    expect(json()).toEqual({
      error: { code: 'invalid-request', message: 'There is no command innerloop rnu.', fields: [] },
    });
  });

  it('takes options that every command has before the command as well', async () => {
    const core = { 'datasets.list': () => [] };
    expect((await cli(['--home', '/elsewhere', '--json', 'datasets', 'list'], { core })).json()).toEqual({
      datasets: [],
    });
  });

  it('helps on a family of commands', async () => {
    const { code, output } = await cli(['queue', '--help']);
    expect(code).toBe(0);
    expect(output).toContain('queue move');
    expect(output).not.toContain('datasets');
  });
});

describe('every command', () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    '%s explains itself with an example that parses',
    async (name, command) => {
      const { code, output, asked } = await cli([...name.split(' '), '--help']);
      expect([code, asked]).toEqual([0, []]);
      expect(output).toContain(`Usage: innerloop ${name}`);
      for (const option of command.options) expect(output).toContain(`--${option.name}`);
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) {
        expect(output).toContain(`innerloop ${example}`);
        expect(example.startsWith(name)).toBe(true);
        const words =
          example
            .slice(name.length)
            .replace(/ > .*/, '')
            .match(/"[^"]*"|\S+/g) ?? [];
        parseArguments(
          command,
          words.map((word) => word.replaceAll('"', '')),
        );
      }
    },
  );

  it('also by -h and by help', async () => {
    const { output } = await cli(['runs', '--help']);
    expect((await cli(['runs', '-h'])).output).toBe(output);
    expect((await cli(['help', 'runs'])).output).toBe(output);
  });
});
