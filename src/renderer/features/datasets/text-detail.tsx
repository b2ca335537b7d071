import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { TextDetail as Detail } from '../../../shared/datasets/text.ts';
import { encodingWords } from '../../../shared/datasets/text-encoding.ts';
import { useRequest } from '../../app/core.ts';
import { bytes, count } from '../../app/format.ts';
import { FailureLine } from '../../ui/page.tsx';
import { equalWords } from './dataset-words.ts';
import { ExampleSplits } from './example-splits.tsx';
import { DetailWait, Digest, Fact, UsedBy } from './facts.tsx';
import { LabelTable } from './label-table.tsx';
import { LengthChart } from './length-chart.tsx';
import { TextRows } from './text-rows.tsx';

/** A dataset of texts: facts, labels, lengths, the texts themselves, splits. */
export function TextDetail({ dataset }: { readonly dataset: DatasetSummary }) {
  const detail = useRequest('datasets.get', { id: dataset.id });
  if (detail.failure && !detail.value) return <FailureLine message={detail.failure.message} onRetry={detail.refresh} />;
  const text = detail.value?.text;
  if (!text) return <DetailWait />;
  return (
    <>
      <Facts dataset={dataset} detail={text} />
      <div className="tdet-two">
        <LabelTable labelCounts={text.version.labelCounts} noun="text" />
        <section className="sec2" aria-label="Lengths">
          <div className="sh">
            <h3>Lengths</h3>
            <span className="muted t11 trunc">{equalWords(text, 'text')}</span>
          </div>
          <LengthChart lengths={text.lengths} height={150} />
        </section>
      </div>
      <ExampleSplits dataset={dataset} version={text.version} splitColumn={text.columns.split} />
      <TextRows dataset={dataset} detail={text} />
    </>
  );
}

function Facts({ dataset, detail }: { readonly dataset: DatasetSummary; readonly detail: Detail }) {
  const { text, pair, label } = detail.columns;
  return (
    <dl className="facts">
      <Fact
        name="Labels"
        value={detail.labelMode === 'multi' ? `${count(dataset.classes)}, several per text` : count(dataset.classes)}
      />
      <Fact name="Texts" value={count(dataset.examples)} />
      <Fact name="Columns" value={[text, pair, label].filter((column) => column !== null).join(', ')} />
      {detail.encoding && <Fact name="Read as" value={encodingWords(detail.encoding)} />}
      <Fact name="Stored as" value={`JSONL, ${bytes(dataset.bytes)}`} />
      <UsedBy dataset={dataset} />
      <Digest dataset={dataset} />
    </dl>
  );
}
