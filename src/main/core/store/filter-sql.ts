import type { FilterField, RunFact } from '../../../shared/runs/filter-fields.ts';
import type { Comparison, FilterNode, FilterValue } from '../../../shared/runs/filter-tree.ts';

/** A condition on a row of `runs`; everything that a person typed is a parameter. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Turns a parsed filter into a condition; the table must be called `runs`. */
export function compileFilter(node: FilterNode): Condition {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.parts.map(compileFilter);
      return join(parts, node.kind === 'and' ? ' AND ' : ' OR ');
    }
    case 'not': {
      const { sql, values } = compileFilter(node.part);
      return { sql: `NOT coalesce(${sql}, 0)`, values }; // an unknown value is not what is denied
    }
    case 'words': {
      const pattern = containing(node.text);
      return {
        sql: `(runs.name LIKE ? ESCAPE '\\' OR runs.note LIKE ? ESCAPE '\\' OR ${tagLike})`,
        values: [pattern, pattern, pattern],
      };
    }
    case 'field':
      return fieldCondition(node.field, node.comparison, node.values);
  }
}

const tagLike = `EXISTS (SELECT 1 FROM tags WHERE tags.run_id = runs.id AND tags.tag LIKE ? ESCAPE '\\')`;
const tagIs = 'EXISTS (SELECT 1 FROM tags WHERE tags.run_id = runs.id AND tags.tag = ? COLLATE NOCASE)';

const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function join(parts: readonly Condition[], word: ' AND ' | ' OR '): Condition {
  return { sql: `(${parts.map(({ sql }) => sql).join(word)})`, values: parts.flatMap(({ values }) => values) };
}

function fieldCondition(field: FilterField, comparison: Comparison, values: readonly FilterValue[]): Condition {
  if (comparison === 'is-not') {
    const { sql, values: given } = fieldCondition(field, 'is', values);
    return { sql: `NOT coalesce(${sql}, 0)`, values: given };
  }
  return join(
    values.map((value) => valueCondition(field, comparison, value)),
    ' OR ',
  );
}

function valueCondition(field: FilterField, comparison: Comparison, value: FilterValue): Condition {
  if (field.source.from === 'run' && field.source.fact === 'tag' && value.kind === 'text') {
    return { sql: tagIs, values: [value.text] };
  }
  const place = placeOf(field);
  const compare = (sign: string, compared: string | number): Condition => ({
    sql: `${place.sql} ${sign} ?`,
    values: [...place.values, compared],
  });
  if (value.kind === 'text') {
    if (field.kind === 'choice') return compare('COLLATE NOCASE =', value.text);
    return { sql: `${place.sql} LIKE ? ESCAPE '\\'`, values: [...place.values, containing(value.text)] };
  }
  if (value.kind === 'number') return compare(signs[comparison], value.number);
  return rangeCondition(place, comparison, value);
}

const signs: Readonly<Record<Comparison, string>> = {
  is: '=',
  'is-not': '<>',
  more: '>',
  'at-least': '>=',
  less: '<',
  'at-most': '<=',
};

/** `created>2026-11-24` means after that day, `>=` from its beginning on. */
function rangeCondition(
  place: Condition,
  comparison: Comparison,
  { from, to }: Extract<FilterValue, { readonly kind: 'range' }>,
): Condition {
  const after = (moment: number): Condition => ({ sql: `${place.sql} >= ?`, values: [...place.values, moment] });
  const before = (moment: number): Condition => ({ sql: `${place.sql} < ?`, values: [...place.values, moment] });
  switch (comparison) {
    case 'more':
      return after(to);
    case 'at-least':
      return after(from);
    case 'less':
      return before(from);
    case 'at-most':
      return before(to);
    default:
      return join([after(from), before(to)], ' AND ');
  }
}

const factColumns: Readonly<Record<Exclude<RunFact, 'tag'>, string>> = {
  name: 'runs.name',
  note: 'runs.note',
  id: 'runs.id',
  number: 'runs.number',
  state: 'runs.state',
  algorithm: 'runs.algorithm',
  task: 'runs.task',
  dataset: 'runs.dataset_name',
  seed: 'runs.seed',
  iteration: 'runs.iteration',
  best: 'runs.best_value',
  accuracy: "CASE runs.best_metric WHEN 'accuracy' THEN runs.best_value END",
  loss: 'runs.train_loss',
  test: '(SELECT mean FROM evaluations WHERE evaluations.id = runs.final_evaluation_id)',
  duration: 'runs.compute_ms',
  created: 'runs.created_at',
  started: 'runs.started_at',
  ended: 'runs.ended_at',
  starred: 'runs.starred',
};

/** The expression that gives a field's value for a row. */
function placeOf({ source, kind }: FilterField): Condition {
  switch (source.from) {
    case 'run':
      return { sql: factColumns[source.fact as Exclude<RunFact, 'tag'>], values: [] };
    case 'config': {
      const extracted = 'json_extract(runs.config, ?)';
      const sql = kind === 'number' ? extracted : `CAST(${extracted} AS TEXT)`;
      return { sql, values: [`$.${source.path}`] };
    }
    case 'metric':
      return {
        sql: `(SELECT ${source.summary}_value FROM metric_series WHERE run_id = runs.id AND key = ?)`,
        values: [source.key],
      };
  }
}
