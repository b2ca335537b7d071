import { parseArgs } from 'node:util';
import { Trouble } from './trouble.mjs';

/** @typedef {import('./run-setup.mjs').Purpose} Purpose */

const usage = 'Usage: npm run setup -- [--for start|test|cli] [--gpu | --cpu] [--quiet]';

/** @param {readonly string[]} args @returns {{purpose: Purpose, flavour: 'cpu' | 'gpu' | undefined, quiet: boolean}} @throws {Trouble} */
export function readArguments(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        for: { type: 'string' },
        gpu: { type: 'boolean' },
        cpu: { type: 'boolean' },
        quiet: { type: 'boolean' },
      },
    });
    const purpose = values.for ?? 'all';
    if (!isPurpose(purpose))
      throw new Trouble(`--for ${purpose} is not known: allowed are start, test and cli.`, usage);
    if (values.gpu && values.cpu) throw new Trouble('--gpu and --cpu exclude each other.', usage);
    return { purpose, flavour: values.gpu ? 'gpu' : values.cpu ? 'cpu' : undefined, quiet: values.quiet ?? false };
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble(error instanceof Error ? error.message : String(error), usage);
  }
}

/** @param {string} value @returns {value is Purpose} */
const isPurpose = (value) => ['start', 'test', 'cli', 'all'].includes(value);
