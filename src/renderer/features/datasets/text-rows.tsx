import { useState } from 'react';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { ShownText, TextDetail } from '../../../shared/datasets/text.ts';
import { useRequest } from '../../app/core.ts';
import { plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { FailureLine, Skeleton } from '../../ui/page.tsx';
import { ExampleTools, foundWords, SplitDot, useExampleFilter } from './example-filter.tsx';

interface TextRowsProps {
  readonly dataset: DatasetSummary;
  readonly detail: TextDetail;
}

/** The texts of a split and label, searched; a row opens to its whole text. */
export function TextRows({ dataset, detail }: TextRowsProps) {
  const filter = useExampleFilter(dataset);
  const page = useRequest('datasets.texts', filter.page);
  const total = page.value?.total ?? 0;
  return (
    <section className="sec2 trows" aria-label="Texts">
      <ExampleTools dataset={dataset} labels={detail.labels} filter={filter} />
      {page.failure && <FailureLine message={page.failure.message} onRetry={page.refresh} />}
      {page.value ? (
        <>
          <p className="t11 muted" aria-live="polite">
            {foundWords(total, page.value.texts.length, filter.search, 'text')}
          </p>
          <ul className="tlist">
            {page.value.texts.map((text) => (
              <TextRow key={text.index} text={text} labels={detail.labels} search={filter.wanted.trim()} />
            ))}
          </ul>
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

interface RowProps {
  readonly text: ShownText;
  readonly labels: readonly string[];
  readonly search: string;
}

function TextRow({ text, labels, search }: RowProps) {
  const [open, setOpen] = useState<'yes' | 'no'>('no');
  const more = text.characters - text.text.length - (text.pair?.length ?? 0);
  return (
    <li className={classNames(open === 'yes' && 'open')}>
      <button type="button" aria-expanded={open === 'yes'} onClick={() => setOpen(open === 'yes' ? 'no' : 'yes')}>
        <SplitDot split={text.split} />
        <span className="lab trunc">{text.labels.map((label) => labels[label]).join(', ') || 'none'}</span>
        <span className="txt">
          <Marked text={open === 'yes' ? text.text : around(text.text, search)} search={search} />
          {text.pair !== null && (
            <span className="pair">
              <Marked text={open === 'yes' ? text.pair : around(text.pair, search)} search={search} />
            </span>
          )}
          {open === 'yes' && more > 1 && <span className="muted t11"> and {plural(more, 'more character')}</span>}
        </span>
      </button>
    </li>
  );
}

/** In one line: white space narrowed, from shortly before what is searched. */
function around(text: string, search: string): string {
  const found = search === '' ? -1 : text.toLowerCase().indexOf(search.toLowerCase());
  const from = found > 60 ? found - 40 : 0;
  return `${from > 0 ? '…' : ''}${text
    .slice(from, from + 300)
    .replace(/\s+/g, ' ')
    .trim()}`;
}

function Marked({ text, search }: { readonly text: string; readonly search: string }) {
  const found = search === '' ? -1 : text.toLowerCase().indexOf(search.toLowerCase());
  if (found === -1) return text;
  return (
    <>
      {text.slice(0, found)}
      <mark>{text.slice(found, found + search.length)}</mark>
      {text.slice(found + search.length)}
    </>
  );
}
