import type { AudioDetail as Detail, ShownClip } from '../../../shared/datasets/audio.ts';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { useRequest } from '../../app/core.ts';
import { bytes, count } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { FailureLine, Skeleton } from '../../ui/page.tsx';
import { PlaySamples } from '../../ui/play-samples.tsx';
import { Waveform } from '../../ui/waveform.tsx';
import { secondsText } from './audio-import-form.ts';
import { equalWords } from './dataset-words.ts';
import { ExampleTools, foundWords, SplitDot, useExampleFilter } from './example-filter.tsx';
import { ExampleSplits } from './example-splits.tsx';
import { DetailWait, Digest, Fact, UsedBy } from './facts.tsx';
import { LabelTable } from './label-table.tsx';

/** A dataset of clips: facts, labels, splits, the clips themselves. */
export function AudioDetail({ dataset }: { readonly dataset: DatasetSummary }) {
  const detail = useRequest('datasets.get', { id: dataset.id });
  if (detail.failure && !detail.value) return <FailureLine message={detail.failure.message} onRetry={detail.refresh} />;
  const audio = detail.value?.audio;
  if (!audio) return <DetailWait />;
  const { layout, seconds } = audio;
  return (
    <>
      <dl className="facts">
        <Fact name="Labels" value={count(dataset.classes)} />
        <Fact name="Clips" value={count(dataset.examples)} />
        <Fact name="Stored as" value={`${secondsText(layout.samples / layout.rate)} s at ${count(layout.rate)} Hz`} />
        <Fact
          name="Files"
          value={`${secondsText(seconds.least)} to ${secondsText(seconds.most)} s, median ${secondsText(seconds.median)} s`}
        />
        <Fact name="Cut · filled up" value={`${count(audio.cut)} · ${count(audio.filled)}`} />
        <Fact name="Size" value={bytes(dataset.bytes)} />
        <UsedBy dataset={dataset} />
        <Digest dataset={dataset} />
      </dl>
      <LabelTable labelCounts={audio.version.labelCounts} noun="clip" />
      <ExampleSplits dataset={dataset} version={audio.version} splitColumn={audio.splitColumn} />
      <Clips dataset={dataset} detail={audio} />
    </>
  );
}

function Clips({ dataset, detail }: { readonly dataset: DatasetSummary; readonly detail: Detail }) {
  const filter = useExampleFilter(dataset);
  const page = useRequest('datasets.clips', filter.page);
  const total = page.value?.total ?? 0;
  return (
    <section className="sec2 trows" aria-label="Clips">
      <ExampleTools dataset={dataset} labels={detail.labels} filter={filter} />
      {page.failure && <FailureLine message={page.failure.message} onRetry={page.refresh} />}
      {page.value ? (
        <>
          <p className="t11 muted" aria-live="polite">
            {foundWords(total, page.value.clips.length, filter.search, 'clip')}; {equalWords(detail, 'clip')}
          </p>
          <ul className="clips">
            {page.value.clips.map((clip) => (
              <Clip key={clip.index} dataset={dataset} clip={clip} label={detail.labels[clip.label] ?? ''} />
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

interface ClipProps {
  readonly dataset: DatasetSummary;
  readonly clip: ShownClip;
  readonly label: string;
}

function Clip({ dataset, clip, label }: ClipProps) {
  const stored = useRequest('datasets.clip', { id: dataset.id, index: clip.index });
  return (
    <li>
      <SplitDot split={clip.split} />
      <span className="lab trunc" title={label}>
        {label}
      </span>
      {stored.value ? <PlaySamples {...stored.value} name={clip.file} /> : <span className="play-wait" />}
      {stored.value ? (
        <Waveform samples={stored.value.samples} />
      ) : (
        <span className="waveform muted t11">{stored.failure?.message ?? ''}</span>
      )}
      <span className="muted t11 num">{secondsText(clip.seconds)} s</span>
      <span className="muted t11 trunc file" title={clip.file}>
        {clip.file}
      </span>
    </li>
  );
}
