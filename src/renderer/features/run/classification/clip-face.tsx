import type { PredictedExample } from '../../../../shared/runs/classification-report.ts';
import { useRequest } from '../../../app/core.ts';
import { PlaySamples } from '../../../ui/play-samples.tsx';
import { Waveform } from '../../../ui/waveform.tsx';

export interface ClipFaceProps {
  readonly clip: NonNullable<PredictedExample['clip']>;
  readonly dataset: string;
}

/** The waveform of a clip of a dataset, with a button to hear it. */
export function ClipFace({ clip, dataset }: ClipFaceProps) {
  const { value } = useRequest('datasets.clip', { id: dataset, index: clip.index });
  return (
    <span className="clip">
      {value && <PlaySamples samples={value.samples} rate={value.rate} name={clip.file} />}
      {value ? <Waveform samples={value.samples} /> : <span className="waveform" />}
    </span>
  );
}
