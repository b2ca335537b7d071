import { useEffect, useRef, useState } from 'react';
import type { Classification, ExampleOrder, PredictedExample } from '../../../../shared/runs/classification-report.ts';
import type { RunSummary } from '../../../../shared/runs/run.ts';
import { request } from '../../../app/core.ts';
import { count } from '../../../app/format.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { FailureLine, Skeleton } from '../../../ui/page.tsx';
import { Select } from '../../../ui/select.tsx';
import { useToasts } from '../../../ui/toast.tsx';
import { exampleWord } from '../epochs.ts';
import { valuesOf } from '../row-values.ts';
import { ExampleList } from './example-list.tsx';
import { pngOf } from './png-of.ts';
import { RowTable } from './row-table.tsx';
import type { TriedExample } from './use-classification.ts';
import { type AskedExamples, saveExamples, useExamples } from './use-examples.ts';
import { wavOf } from './wav-of.ts';
import { type ExampleFilter, filterWords } from './words.ts';

const orders = [
  { value: 'surest-wrong', label: 'Surest first' },
  { value: 'least-sure', label: 'Least sure first' },
  { value: 'dataset', label: 'As in the dataset' },
] as const satisfies readonly { readonly value: ExampleOrder; readonly label: string }[];

export const pageSize = 25;

/** The list of predicted examples with its order, its place and what can be done with one: for the panel and the tab. */
export function useExampleBrowser(run: RunSummary, shown: Classification, filter: ExampleFilter) {
  const [order, setOrder] = useState<ExampleOrder>('surest-wrong');
  const [opened, setOpened] = useState<PredictedExample | null>(null);
  const asked: AskedExamples = { id: run.id, evaluation: shown.evaluation.id, filter, order };
  const { page, offset, setOffset } = useExamples(asked, pageSize);
  const key = JSON.stringify([asked, offset]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is opened is of the page at hand
  useEffect(() => setOpened(null), [key]);
  return { asked, page, offset, setOffset, order, setOrder, opened, setOpened, pageKey: key };
}

type Browser = ReturnType<typeof useExampleBrowser>;

interface ToolsProps {
  readonly run: RunSummary;
  readonly shown: Classification;
  readonly browser: Browser;
}

/** Order and download. */
export function ExampleTools({ run, shown, browser }: ToolsProps) {
  const toasts = useToasts();
  const what = filterWords(browser.asked.filter, shown.labels);
  return (
    <>
      <Select
        look="button"
        label="Order"
        className="sm quiet"
        value={browser.order}
        options={orders}
        onChange={browser.setOrder}
      />
      <IconButton
        size="small"
        icon="download"
        label={`Save these ${exampleWord(run.config)}s (CSV)…`}
        onClick={() => void saveExamples(browser.asked, shown, [run.name, shown.evaluation.split, what], toasts)}
      />
    </>
  );
}

interface BodyProps {
  readonly run: RunSummary;
  readonly shown: Classification;
  readonly browser: Browser;
  readonly send: (example: TriedExample) => void;
}

/** The rows of a page, and below them where it stands. */
export function ExamplePage({ run, shown, browser, send }: BodyProps) {
  const { page, offset, opened } = browser;
  const toasts = useToasts();
  const scroller = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is read from its top
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [browser.pageKey]);
  const { value, failure } = page;
  const word = exampleWord(run.config);
  const dataset = shown.evaluation.dataset?.id ?? null;
  const list = {
    ...{ examples: value?.examples ?? [], labels: shown.labels, dataset },
    ...{ opened: opened?.position ?? null, onOpen: browser.setOpened },
    name: filterWords(browser.asked.filter, shown.labels),
  };
  const tried = opened && triedOf(opened, value?.columns ?? null, dataset);
  return (
    <>
      {failure && <FailureLine message={failure.message} onRetry={page.refresh} />}
      {value?.missing && <p className="note-line t11">{value.missing}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section className="example-scroll" ref={scroller} tabIndex={0} aria-label={`Predicted ${word}s`}>
        {value && value.total === 0 && <div className="chart-empty">{noneWords(browser.asked.filter, word)}</div>}
        {value &&
          value.total > 0 &&
          (value.columns ? <RowTable {...list} columns={value.columns} /> : <ExampleList {...list} />)}
        {!value && !failure && (
          <div className="pad">
            <Skeleton width="100%" height={120} />
          </div>
        )}
      </section>
      <footer className="foot example-foot">
        <Place
          offset={offset}
          shown={value?.examples.length ?? 0}
          total={value?.total ?? 0}
          onMove={browser.setOffset}
        />
        <span className="grow" />
        <Button
          size="small"
          unavailable={!tried}
          title={opened ? 'Put it into the box to try' : `Open ${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word} first`}
          onClick={() => tried?.().then(send, toasts.tellFailure)}
        >
          Try it
        </Button>
      </footer>
    </>
  );
}

/** An example as the box takes it; null where it is not at hand. */
function triedOf(
  { text, pair, image, row, clip, split, position }: PredictedExample,
  columns: readonly string[] | null,
  dataset: string | null,
): (() => Promise<TriedExample>) | null {
  const name = `${split} ${count(position)}`;
  if (image) return async () => ({ kind: 'image', image: { name, bytes: await pngOf(image) } });
  if (row && columns) return async () => ({ kind: 'row', values: valuesOf(columns, row) });
  if (clip && dataset !== null) {
    return async () => {
      const { samples, rate } = await request('datasets.clip', { id: dataset, index: clip.index });
      return { kind: 'clip', clip: { name: clip.file, bytes: wavOf(samples, rate) } };
    };
  }
  return text ? async () => ({ kind: 'text', text, pair }) : null;
}

const noneWords = ({ which }: ExampleFilter, word: string): string =>
  which === 'wrong' ? 'No mistake here' : `No ${word} here`;

interface PlaceProps {
  readonly offset: number;
  readonly shown: number;
  readonly total: number;
  readonly onMove: (offset: number) => void;
}

function Place({ offset, shown, total, onMove }: PlaceProps) {
  const [before, after] = [offset > 0, offset + shown < total];
  return (
    <>
      <span className="num" aria-live="polite">
        {total === 0 ? '0' : `${count(offset + 1)} to ${count(offset + shown)} of ${count(total)}`}
      </span>
      {(before || after) && (
        <>
          <IconButton
            size="small"
            icon="left"
            label="Earlier ones"
            aria-disabled={!before}
            onClick={() => before && onMove(Math.max(0, offset - pageSize))}
          />
          <IconButton
            size="small"
            icon="right"
            label="Later ones"
            aria-disabled={!after}
            onClick={() => after && onMove(offset + pageSize)}
          />
        </>
      )}
    </>
  );
}
