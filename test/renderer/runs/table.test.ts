import { describe, expect, it } from 'vitest';
import { columns, layoutFor } from '../../../src/renderer/features/runs/columns.ts';
import { queueEstimates } from '../../../src/renderer/features/runs/queue-heading.tsx';
import { bestGroups, commonName, groupRuns } from '../../../src/renderer/features/runs/run-groups.ts';
import { extended, selectedShare, toggled, withAll } from '../../../src/renderer/features/runs/selection-rules.ts';
import { keyEffect } from '../../../src/renderer/features/runs/table-keys.ts';
import { nextCursor, tableRows } from '../../../src/renderer/features/runs/table-rows.ts';
import { landingPlace } from '../../../src/renderer/features/runs/use-queue-drag.ts';
import { isActive, type RunSummary } from '../../../src/shared/runs/run.ts';
import { plausibleRuns } from '../fake/fake-runs.ts';

const now = Date.parse('2026-11-24T14:36:02Z');
const runs = plausibleRuns(now).map(({ summary }) => summary);
const named = (start: string): RunSummary[] => runs.filter(({ name }) => name.startsWith(start));
const underWay = runs.filter(({ state }) => isActive(state) || state === 'queued');
const history = runs.filter(({ state }) => !isActive(state) && state !== 'queued');

describe('groups', () => {
  it('has the mean over finished seeds with Student’s interval from three seeds on', () => {
    const base = named('maml-omni-5w1s').slice(0, 3);
    const values = [0.95, 0.96, 0.97];
    const three = base.map((run, index) => ({ ...run, best: { ...run.best!, value: values[index]! } }));
    const [group] = groupRuns(three);
    expect(group?.best?.value).toBeCloseTo(0.96, 10);
    expect(group?.best?.ci95).toBeCloseTo((4.302652729911275 * 0.01) / Math.sqrt(3), 6);
    expect(groupRuns(three.slice(0, 2))[0]?.best?.ci95).toBeNull();
  });

  it('counts only completed runs as finished', () => {
    const [group] = groupRuns(named('maml-omni-20w1s-s'));
    expect([group?.runs.length, group?.finished]).toEqual([5, 3]);
  });

  it('takes the loss of its best run', () => {
    const group = groupRuns(named('maml-sine-10p'))[0]!;
    const best = [...group.runs].sort((a, b) => a.best!.value - b.best!.value)[0];
    expect(group.loss).toBe(best?.trainLoss);
  });

  it('names a group by what its runs share', () => {
    expect(commonName(['maml-omni-20w1s-s1', 'maml-omni-20w1s-s12'])).toBe('maml-omni-20w1s');
    expect(commonName(['q-s1', 'q-s2'])).toBe('q');
    expect(commonName(['maml', 'mini'])).toBe('maml');
    expect(commonName(['a', 'b'])).toBe('a');
    expect(commonName(['only-one-s3'])).toBe('only-one-s3');
  });

  it('flags the best of each dataset and task, where something competes', () => {
    const groups = groupRuns(history);
    const best = bestGroups(groups);
    const flagged = groups.filter(({ key }) => best.has(key)).map(({ name }) => name);
    expect(flagged).toContain('maml-omni-5w1s');
    expect(flagged).not.toContain('fomaml-omni-5w1s');
    expect(flagged.some((name) => name.startsWith('glyphs'))).toBe(false);
  });
});

describe('rows', () => {
  const rows = tableRows({ underWay, history, grouping: 'all-but-seed', openGroups: new Set() });

  it('shows running, queue in its order, then the history', () => {
    const sections = rows.flatMap((row) => (row.kind === 'section' ? [row.section] : []));
    expect(sections).toEqual(['running', 'queue', 'history']);
    const queue = rows.flatMap((row) => (row.kind === 'run' && row.section === 'queue' ? [row.run.queuePosition] : []));
    expect(queue).toEqual([1, 2, 3]);
  });

  it('opens a group to its runs, and shows single runs without one', () => {
    const group = rows.find((row) => row.kind === 'group')!;
    if (group.kind !== 'group') throw new Error('no group');
    const open = tableRows({ underWay, history, grouping: 'all-but-seed', openGroups: new Set([group.group.key]) });
    expect(open.length).toBe(rows.length + group.group.runs.length);
    expect(rows.some((row) => row.kind === 'run' && row.run.name === 'glyphs-quick-start-s1')).toBe(true);
  });

  it('moves the cursor over headings', () => {
    expect(nextCursor(rows, 1, 1)).toBe(3);
    expect(nextCursor(rows, 1, -1)).toBe(1);
    expect(nextCursor(rows, -1, 1)).toBe(1);
  });

  it('has the keys of a tree', () => {
    const at = rows.findIndex((row) => row.kind === 'group');
    expect(keyEffect('ArrowRight', 'plain', rows, at, 10)).toMatchObject({ kind: 'group', open: true });
    expect(keyEffect('ArrowDown', 'shift', rows, at, 10)).toEqual({ kind: 'extend', from: at, to: at + 1 });
    expect(keyEffect('End', 'plain', rows, at, 10)).toEqual({ kind: 'move', to: rows.length - 1 });
    expect(keyEffect('q', 'plain', rows, at, 10)).toBeNull();
    const group = rows[at]!;
    if (group.kind !== 'group') throw new Error('no group');
    const open = tableRows({ underWay, history, grouping: 'all-but-seed', openGroups: new Set([group.group.key]) });
    expect(keyEffect('ArrowLeft', 'plain', open, at + 2, 10)).toEqual({ kind: 'move', to: at });
  });
});

describe('selection', () => {
  const rows = tableRows({ underWay: [], history, grouping: 'all-but-seed', openGroups: new Set() });
  const group = rows.find((row) => row.kind === 'group')!;

  it('selects all runs of a group by its box, and none again', () => {
    const all = toggled(group, new Set());
    expect(selectedShare(group, all)).toBe('all');
    expect(toggled(group, all).size).toBe(0);
    const [first] = all;
    expect(selectedShare(group, new Set([first!]))).toBe('some');
  });

  it('extends over rows between anchor and target, and adds all that match', () => {
    const ids = extended(rows, 3, 1, new Set(['kept']));
    expect(ids.has('kept')).toBe(true);
    expect(ids.size).toBeGreaterThan(3);
    expect(withAll(history, new Set()).size).toBe(history.length);
  });
});

describe('columns', () => {
  it('has all of them in a wide table and lets them leave in order', () => {
    expect(layoutFor(1400, new Set()).shown).toHaveLength(columns.length);
    const narrow = layoutFor(900, new Set()).shown.map(({ id }) => id);
    expect(narrow).not.toContain('tags');
    expect(narrow).not.toContain('started');
    expect(narrow).toContain('best');
    expect(layoutFor(1400, new Set(['seed'])).shown.map(({ id }) => id)).not.toContain('seed');
  });
});

describe('queue', () => {
  it('estimates starts from what runs, and stops where a length is unknown', () => {
    const running = underWay.filter(({ state }) => isActive(state));
    const [a, b, c] = underWay.filter(({ state }) => state === 'queued') as [RunSummary, RunSummary, RunSummary];
    const left = running[0]!.etaMs!;
    const estimates = queueEstimates(
      running,
      [
        { ...a, etaMs: 1000 },
        { ...b, etaMs: 2000 },
        { ...c, etaMs: null },
      ],
      now,
    );
    expect(estimates.get(a.id)).toEqual({ startsAt: now + left, durationMs: 1000 });
    expect(estimates.get(b.id)?.startsAt).toBe(now + left + 1000);
    expect(estimates.has(c.id)).toBe(false);
  });

  it('lands a dragged row within the queue', () => {
    expect([-40, 10, 45, 500].map((offset) => landingPlace(offset, 30, 4))).toEqual([1, 1, 2, 4]);
  });
});
