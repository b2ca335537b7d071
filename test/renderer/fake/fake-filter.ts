import { valueAtPath } from '../../../src/shared/run-config/fields.ts';
import type { RunFact } from '../../../src/shared/runs/filter-fields.ts';
import type { Comparison, FilterNode, FilterValue } from '../../../src/shared/runs/filter-tree.ts';
import type { RunSummary } from '../../../src/shared/runs/run.ts';

/** Filters runs as the core's store does, without metrics. */
export function matchesFilter(run: RunSummary, node: FilterNode): boolean {
  switch (node.kind) {
    case 'and':
      return node.parts.every((part) => matchesFilter(run, part));
    case 'or':
      return node.parts.some((part) => matchesFilter(run, part));
    case 'not':
      return !matchesFilter(run, node.part);
    case 'words': {
      const text = `${run.name} ${run.config.tags.join(' ')} ${run.config.note}`.toLowerCase();
      return text.includes(node.text.toLowerCase());
    }
    case 'field': {
      const { source, kind } = node.field;
      if (source.from === 'metric') return false;
      const value = source.from === 'run' ? factOf(run, source.fact) : valueAtPath(run.config, source.path);
      const anyFits = node.values.some((wanted) => fits(value, wanted, node.comparison, kind === 'text'));
      return node.comparison === 'is-not' ? !anyFits : anyFits;
    }
  }
}

function fits(value: unknown, wanted: FilterValue, comparison: Comparison, contains: boolean): boolean {
  if (wanted.kind === 'text') {
    const text = String(value ?? '').toLowerCase();
    return contains ? text.includes(wanted.text.toLowerCase()) : text === wanted.text.toLowerCase();
  }
  if (typeof value !== 'number') return false;
  const [from, to] = wanted.kind === 'number' ? [wanted.number, wanted.number] : [wanted.from, wanted.to];
  switch (comparison) {
    case 'more':
      return value > to;
    case 'at-least':
      return value >= from;
    case 'less':
      return value < from;
    case 'at-most':
      return value <= to;
    default:
      return value >= from && value <= to;
  }
}

function factOf(run: RunSummary, fact: RunFact): unknown {
  switch (fact) {
    case 'name':
    case 'id':
    case 'number':
    case 'state':
    case 'iteration':
    case 'starred':
      return run[fact];
    case 'note':
      return run.config.note;
    case 'tag':
      return run.config.tags.join(' ');
    case 'algorithm':
      return run.config.algorithm.kind;
    case 'task':
      return run.config.task.kind;
    case 'dataset':
      return run.dataset?.name ?? 'sinusoid';
    case 'seed':
      return run.config.seed;
    case 'best':
      return run.best?.value;
    case 'accuracy':
      return run.best?.metric === 'accuracy' ? run.best.value : undefined;
    case 'loss':
      return run.trainLoss;
    case 'test':
      return run.final?.mean;
    case 'duration':
      return run.computeMs;
    case 'created':
      return run.createdAt;
    case 'started':
      return run.startedAt;
    case 'ended':
      return run.endedAt;
  }
}
