import { InnerloopError } from '../../shared/contract/errors.ts';
import type { RunSummary } from '../../shared/runs/run.ts';
import { nearestWord } from '../../shared/text/nearest-word.ts';
import { type Core, UsageError } from './command.ts';

/** More runs than this are searched page by page. */
const pageSize = 10_000;

/**
 * The run that a person means: by number, id, name, or the beginning of an id that no other run has.
 * A name that several runs share is refused with their numbers.
 */
export async function findRun(core: Core, given: string): Promise<RunSummary> {
  const runs = await allRuns(core);
  const wanted = given.replace(/^#/, '');
  const exact = runs.find(({ id }) => id === given) ?? runs.find(({ number }) => String(number) === wanted);
  if (exact) return exact;
  const byName = runs.filter(({ name }) => name === given);
  const found = byName.length > 0 ? byName : runs.filter(({ id }) => given.length >= 3 && id.startsWith(given));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) throw ambiguous(given, found);
  const nearest = nearestWord(
    given,
    runs.map(({ name }) => name),
  );
  const hint = nearest === undefined ? 'List them with: innerloop runs.' : `Did you mean ${nearest}?`;
  throw new InnerloopError('not-found', `There is no run "${given}". ${hint}`);
}

/** Each once, in the order given. A word with a colon is a filter (`tag:sweep-12`), whose runs come oldest first. */
export async function findRuns(core: Core, given: readonly string[]): Promise<readonly RunSummary[]> {
  const found = new Map<string, RunSummary>();
  for (const one of given) {
    const runs = one.includes(':') ? await filteredRuns(core, one) : [await findRun(core, one)];
    for (const run of runs) found.set(run.id, run);
  }
  return [...found.values()];
}

async function filteredRuns(core: Core, filter: string): Promise<readonly RunSummary[]> {
  const sort = { by: 'created', order: 'ascending' } as const;
  const { runs } = await core.request('runs.list', { filter, view: 'active', sort, limit: pageSize, offset: 0 });
  if (runs.length > 0) return runs;
  throw new InnerloopError('not-found', `No run matches ${filter}. List them with: innerloop runs.`);
}

async function allRuns(core: Core): Promise<readonly RunSummary[]> {
  const found: RunSummary[] = [];
  for (const view of ['active', 'archived', 'bin'] as const) {
    for (let offset = 0; ; offset += pageSize) {
      const sort = { by: 'created', order: 'descending' } as const;
      const { runs } = await core.request('runs.list', { filter: '', view, sort, limit: pageSize, offset });
      found.push(...runs);
      if (runs.length < pageSize) break;
    }
  }
  return found;
}

function ambiguous(given: string, runs: readonly RunSummary[]): UsageError {
  const shown = runs.slice(0, 8).map(({ number, name, config }) => `${number} (${name}, seed ${config.seed})`);
  const more = runs.length > shown.length ? ` and ${runs.length - shown.length} more` : '';
  return new UsageError(
    `"${given}" could be several runs: ${shown.join(', ')}${more}.`,
    'Give the number of the one you mean.',
  );
}
