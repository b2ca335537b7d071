import { parseArgs } from 'node:util';
import { Trouble } from '../setup/trouble.mjs';

/** In the order in which they run: the quick ones first. */
export const stageNames = /** @type {const} */ (['lint', 'types', 'unit', 'e2e']);

/** @typedef {typeof stageNames[number]} StageName */

/** @typedef {{stages: readonly StageName[], afterFailure: 'stop' | 'go on', filters: readonly string[]}} TestChoice */

const usage = 'Usage: npm test -- [--only lint|types|unit|e2e] [--all] [PATH ...]';

/**
 * @param {readonly string[]} args
 * @returns {TestChoice} a path leaves lint and types out, as they are no tests of a path
 * @throws {Trouble}
 */
export function readTestArguments(args) {
  const { values, positionals } = parse(args);
  if (values.only !== undefined && !isStageName(values.only)) {
    throw new Trouble(`--only ${values.only} is not known: allowed are ${stageNames.join(', ')}.`, usage);
  }
  const tests = stageNames.filter((name) => positionals.length === 0 || name === 'unit' || name === 'e2e');
  return {
    stages: values.only === undefined ? tests : [values.only],
    afterFailure: values.all ? 'go on' : 'stop',
    filters: positionals,
  };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { only: { type: 'string' }, all: { type: 'boolean' } },
    });
  } catch (error) {
    throw new Trouble(error instanceof Error ? error.message : String(error), usage);
  }
}

/** @param {string} value @returns {value is StageName} */
const isStageName = (value) => stageNames.some((name) => name === value);
