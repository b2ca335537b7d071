import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { TableDetail as Detail, TableColumn } from '../../../shared/datasets/table.ts';
import { encodingWords } from '../../../shared/datasets/text-encoding.ts';
import { significant } from '../../../shared/text/number-words.ts';
import { useRequest } from '../../app/core.ts';
import { bytes, count, plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { FailureLine, Skeleton } from '../../ui/page.tsx';
import { equalWords } from './dataset-words.ts';
import { ExampleTools, foundWords, SplitDot, useExampleFilter } from './example-filter.tsx';
import { ExampleSplits } from './example-splits.tsx';
import { DetailWait, Digest, Fact, UsedBy } from './facts.tsx';
import { LabelTable } from './label-table.tsx';

/** A table: facts, labels, columns, splits, the rows themselves. */
export function TableDetail({ dataset }: { readonly dataset: DatasetSummary }) {
  const detail = useRequest('datasets.get', { id: dataset.id });
  if (detail.failure && !detail.value) return <FailureLine message={detail.failure.message} onRetry={detail.refresh} />;
  const table = detail.value?.table;
  if (!table) return <DetailWait />;
  return (
    <>
      <dl className="facts">
        <Fact name="Labels" value={`${count(dataset.classes)}, of ${table.labelColumn}`} />
        <Fact name="Rows" value={count(dataset.examples)} />
        <Fact name="Columns" value={columnsWords(table)} />
        <Fact name="Read as" value={encodingWords(table.encoding)} />
        <Fact name="Stored as" value={`JSONL, ${bytes(dataset.bytes)}`} />
        <UsedBy dataset={dataset} />
        <Digest dataset={dataset} />
      </dl>
      <div className="tdet-two">
        <LabelTable labelCounts={table.version.labelCounts} noun="row" />
        <Columns detail={table} />
      </div>
      <ExampleSplits dataset={dataset} version={table.version} splitColumn={table.splitColumn} />
      <TableRows dataset={dataset} detail={table} />
    </>
  );
}

function columnsWords({ columns, ignored }: Detail): string {
  const numbers = columns.filter(({ kind }) => kind === 'number').length;
  const parts = [
    ...(numbers > 0 ? [plural(numbers, 'number')] : []),
    ...(numbers < columns.length ? [plural(columns.length - numbers, 'category', 'categories')] : []),
  ];
  return `${parts.join(', ')}${ignored.length > 0 ? `; ${count(ignored.length)} left out` : ''}`;
}

function Columns({ detail }: { readonly detail: Detail }) {
  return (
    <section className="sec2" aria-label="Columns">
      <div className="sh">
        <h3>Columns</h3>
        <span className="muted t11 trunc">{equalWords(detail, 'row')}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reached by keyboard */}
      <section className="tprev-rows ltab-scroll" tabIndex={0} aria-label="All columns">
        <table className="mini">
          <thead>
            <tr>
              <th>Column</th>
              <th>Holds</th>
              <th>Missing</th>
            </tr>
          </thead>
          <tbody>
            {detail.columns.map((column) => (
              <tr key={column.name}>
                <td title={column.name}>{column.name}</td>
                <td title={holdsWords(column)}>{holdsWords(column)}</td>
                <td className="num">{column.missing === 0 ? '–' : count(column.missing)}</td>
              </tr>
            ))}
            {detail.ignored.map(({ name, reason }) => (
              <tr key={`ignored ${name}`}>
                <td className="unused" title={name}>
                  {name}
                </td>
                <td className="unused" title={reason}>
                  left out: {reason}
                </td>
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

const holdsWords = (column: TableColumn): string =>
  column.kind === 'number'
    ? `${significant(column.least, 4)} to ${significant(column.most, 4)}, mean ${significant(column.mean, 4)}`
    : `${plural(column.categories.length, 'category', 'categories')}: ${column.categories.slice(0, 12).join(', ')}${column.categories.length > 12 ? ' …' : ''}`;

function TableRows({ dataset, detail }: { readonly dataset: DatasetSummary; readonly detail: Detail }) {
  const filter = useExampleFilter(dataset);
  const page = useRequest('datasets.rows', filter.page);
  const total = page.value?.total ?? 0;
  return (
    <section className="sec2 trows" aria-label="Rows">
      <ExampleTools dataset={dataset} labels={detail.labels} filter={filter} />
      {page.failure && <FailureLine message={page.failure.message} onRetry={page.refresh} />}
      {page.value ? (
        <>
          <p className="t11 muted" aria-live="polite">
            {foundWords(total, page.value.rows.length, filter.search, 'row')}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reached by keyboard */}
          <section className="tprev-rows" tabIndex={0} aria-label="Cells">
            <table className="mini cells">
              <thead>
                <tr>
                  <th>{detail.labelColumn}</th>
                  {detail.columns.map(({ name }) => (
                    <th key={name}>{name}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {page.value.rows.map((row) => (
                  <tr key={row.index}>
                    <td>
                      <SplitDot split={row.split} /> {detail.labels[row.label]}
                    </td>
                    {detail.columns.map((column, at) => (
                      <td key={column.name} className={column.kind === 'number' ? 'num' : ''}>
                        {row.cells[at] ?? <span className="muted">–</span>}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {filter.hasMore(total) && (
            <Button size="small" onClick={filter.showMore}>
              Show more
            </Button>
          )}
        </>
      ) : (
        !page.failure && <Skeleton width="100%" height={200} />
      )}
    </section>
  );
}
