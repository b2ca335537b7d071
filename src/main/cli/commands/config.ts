import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseRunConfig } from '../../../shared/run-config/complete.ts';
import { configJsonSchema } from '../../../shared/run-config/field-limits.ts';
import { gigabytes } from '../../../shared/text/number-words.ts';
import { writeFileAtomically } from '../../files/atomic-write.ts';
import { type CliContext, type Command, UsageError } from '../command.ts';
import { describeConfig } from '../config-description.ts';
import { applySettings, completeConfig, readConfigFile } from '../config-file.ts';
import { exampleNames } from '../examples.ts';
import { fieldLine } from '../show-error.ts';
import { duration } from '../words.ts';

const defaultExample = 'sinusoid-quick-start';

export const configInitCommand: Command = {
  name: 'config init',
  summary: 'write an example config, and beside it what each field means',
  arguments: [{ name: 'NAME', help: 'name of the new file, or of the example that it starts from', count: 'one' }],
  options: [
    {
      name: 'from',
      value: 'EXAMPLE',
      help: `the example to start from (default: the one called NAME, else ${defaultExample})`,
    },
    { name: 'force', help: 'replace a file that is there' },
  ],
  details:
    'JSON has no comments, so the fields are described in NAME.md beside it: label, meaning, limits, choices, the source of each value.',
  examples: ['config init glyphs-quick-start', 'config init my-run --from maml-omniglot-5w1s'],
  run: async (given, context) => {
    const name = given.positionals[0]!.replace(/\.json$/, '');
    const example = exampleFor(basename(name), given.text('from'), context);
    const config = completeConfig(readConfigFile(example, { ...context, cwd: context.examples ?? context.cwd }));
    const files = [`${name}.json`, `${name}.md`].map((file) => resolve(context.cwd, file)) as [string, string];
    const taken = files.find((file) => existsSync(file));
    if (taken !== undefined && !given.has('force')) {
      throw new UsageError(`${taken} exists already.`, 'Choose another name, or replace it with --force.');
    }
    await writeFileAtomically(files[0], `${JSON.stringify(config, null, 2)}\n`);
    await writeFileAtomically(files[1], describeConfig(config, basename(files[0])));
    context.terminal.say(`Wrote ${files[0]} and, with what each field means, ${files[1]}.`);
    context.terminal.say(`Start it with: innerloop run ${name}.json`);
    context.terminal.answer({ example, files });
    return 0;
  },
};

function exampleFor(name: string, from: string | undefined, { examples }: CliContext): string {
  const names = exampleNames(examples);
  if (from === undefined) return names.includes(name) ? name : defaultExample;
  if (names.includes(from)) return from;
  throw new UsageError(`There is no example "${from}".`, `Examples: ${names.join(', ')}`);
}

export const configCheckCommand: Command = {
  name: 'config check',
  summary: 'validate a config, also against the dataset that it names',
  arguments: [{ name: 'FILE', help: 'a config file, or the name of an example', count: 'one' }],
  options: [{ name: 'set', value: 'PATH=VALUE', help: 'change a field first', repeats: 'yes' }],
  examples: ['config check my-run.json', 'config check my-run.json --set task.way=20 --json'],
  run: async (given, context) => {
    const { terminal } = context;
    const config = applySettings(readConfigFile(given.positionals[0]!, context), given.all('set'));
    const parsed = parseRunConfig(config);
    const none = { errors: parsed.ok ? [] : parsed.errors, advice: [], name: null, estimate: null, memory: null };
    const checked = parsed.ok ? await context.core().request('config.check', { config }) : none;
    const ok = checked.errors.length === 0;
    terminal.say(
      ok ? `The config is valid; its run would be called ${checked.name}.` : wrongFields(checked.errors.length),
    );
    for (const error of checked.errors) terminal.say(fieldLine(error));
    for (const { path, message, level } of checked.advice) terminal.say(`  ${level.padEnd(7)}  ${path}: ${message}`);
    if (checked.estimate?.durationMs)
      terminal.say(`  takes about ${duration(checked.estimate.durationMs)} (${checked.estimate.source})`);
    if (checked.memory)
      terminal.say(`  needs up to ${gigabytes(checked.memory.peakBytes)} of memory (${checked.memory.source})`);
    terminal.answer({ ok, errors: checked.errors, advice: checked.advice, memory: checked.memory });
    return ok ? 0 : 2;
  },
};

const wrongFields = (count: number): string => `The config has ${count} wrong ${count === 1 ? 'field' : 'fields'}:`;

export const configSchemaCommand: Command = {
  name: 'config schema',
  summary: 'JSON Schema of a config file, for editors',
  arguments: [],
  options: [],
  details: 'Point an editor at it with a "$schema" field in the config; the field is ignored by run and check.',
  examples: ['config schema > run.schema.json'],
  run: async (_given, { terminal }) => {
    const schema = configJsonSchema();
    if (terminal.format === 'people') terminal.say(JSON.stringify(schema, null, 2));
    terminal.answer(schema);
    return 0;
  },
};
