import { useDeferredValue, useState } from 'react';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { ShownText, TextDetail } from '../../../shared/datasets/text.ts';
import type { Split } from '../../../shared/runs/run.ts';
import { useRequest } from '../../app/core.ts';
import { count, plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { FailureLine, Skeleton } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { splitOrder, splitWords } from './splits.ts';

interface TextRowsProps {
  readonly dataset: DatasetSummary;
  readonly detail: TextDetail;
}

const pageSize = 50;

/** The texts of a split and label, searched; a row opens to its whole text. */
export function TextRows({ dataset, detail }: TextRowsProps) {
  const [split, setSplit] = useState<Split | 'all'>('all');
  const [label, setLabel] = useState('all');
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(pageSize);
  const wanted = useDeferredValue(search);
  const page = useRequest('datasets.texts', {
    id: dataset.id,
    split: split === 'all' ? null : split,
    label: label === 'all' ? null : Number(label),
    search: wanted,
    offset: 0,
    limit: Math.min(200, shown),
  });
  const restart = <Value,>(set: (value: Value) => void) => {
    return (value: Value): void => {
      set(value);
      setShown(pageSize);
    };
  };
  const total = page.value?.total ?? 0;
  return (
    <section className="sec2 trows" aria-label="Texts">
      <div className="sh">
        <h3>Texts</h3>
        <Segmented
          size="small"
          label="Split"
          value={split}
          options={splitOptions(dataset)}
          onChange={restart(setSplit)}
        />
        <Select
          look="button"
          prefix="Label"
          label="Label"
          className="sm"
          value={label}
          options={labelOptions(detail)}
          onChange={restart(setLabel)}
        />
        <span className="grow" />
        <SearchField value={search} onChange={restart(setSearch)} />
      </div>
      {page.failure && <FailureLine message={page.failure.message} onRetry={page.refresh} />}
      {page.value ? (
        <>
          <p className="t11 muted" aria-live="polite">
            {foundWords(total, page.value.texts.length, search)}
          </p>
          <ul className="tlist">
            {page.value.texts.map((text) => (
              <TextRow key={text.index} text={text} labels={detail.labels} search={wanted.trim()} />
            ))}
          </ul>
          {total > shown && shown < 200 && (
            <Button size="small" onClick={() => setShown(shown + pageSize)}>
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

const splitOptions = ({ splits }: DatasetSummary) => [
  { value: 'all' as const, label: 'All' },
  ...splitOrder
    .filter((split) => splits[split].examples > 0)
    .map((split) => ({ value: split, label: `${splitWords[split]} ${count(splits[split].examples)}` })),
];

const labelOptions = ({ labels }: TextDetail) => [
  { value: 'all', label: 'any' },
  ...labels.map((label, index) => ({ value: String(index), label })),
];

function foundWords(total: number, shown: number, search: string): string {
  if (total === 0) return search.trim() === '' ? 'No texts here.' : `No text holds "${search.trim()}".`;
  return shown < total ? `${plural(total, 'text')}, the first ${count(shown)} shown` : plural(total, 'text');
}

function SearchField({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) {
  return (
    <div className="query filter">
      <Icon name="search" small />
      <input
        type="text"
        aria-label="Search texts"
        placeholder="Search texts"
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onChange('')}
      />
    </div>
  );
}

interface RowProps {
  readonly text: ShownText;
  readonly labels: readonly string[];
  readonly search: string;
}

const dots = { train: 'b-tr', validation: 'b-va', test: 'b-te', unused: 'b-un' } as const;

function TextRow({ text, labels, search }: RowProps) {
  const [open, setOpen] = useState<'yes' | 'no'>('no');
  const more = text.characters - text.text.length - (text.pair?.length ?? 0);
  return (
    <li className={classNames(open === 'yes' && 'open')}>
      <button type="button" aria-expanded={open === 'yes'} onClick={() => setOpen(open === 'yes' ? 'no' : 'yes')}>
        <i className={dots[text.split]} role="img" aria-label={splitWords[text.split]} title={splitWords[text.split]} />
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
