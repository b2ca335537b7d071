import type { Classification } from '../../../../shared/runs/classification-report.ts';
import type { RunSummary } from '../../../../shared/runs/run.ts';
import { count, duration, fixed, loss, percentNumber, plural } from '../../../app/format.ts';
import { exampleWord, stepsPerEpoch } from '../epochs.ts';
import { accuracyText, evaluationSentence, evaluationWords } from './words.ts';

export interface FiguresProps {
  readonly run: RunSummary;
  readonly shown: Classification;
}

/** The numbers that a fine-tuned run is about, each with what it depends on. */
export function Figures({ run, shown }: FiguresProps) {
  const { report, evaluation, labelMode } = shown;
  const { split } = evaluation;
  const protocol = evaluationSentence(evaluation, run.config);
  const word = exampleWord(run.config);
  return (
    <div className="runprog figures">
      <dl>
        <Figure value={accuracyText(report.accuracy)} title={`95 % interval of Wilson over ${word}s. ${protocol}`}>
          {labelMode === 'multi'
            ? `all labels right, ${evaluationWords(evaluation, run.config)}`
            : accuracyWords(run, shown)}
        </Figure>
        <Figure
          value={percentNumber(report.macroF1)}
          title={`Mean of the labels’ F1, each counting alike. ${protocol}`}
        >
          macro F1
        </Figure>
        <Figure value={loss(report.logLoss)} title={`Mean negative log probability of the truth, in nats. ${protocol}`}>
          {split} loss
        </Figure>
        {run.computeMs > 0 && (
          <Figure value={duration(run.computeMs)} title={paceTitle(run)}>
            {paceWords(run)}
          </Figure>
        )}
        <Figure value={count(report.examples)} title={protocol}>
          {split} {word}
          {report.examples === 1 ? '' : 's'}, interval: Wilson
        </Figure>
      </dl>
    </div>
  );
}

const accuracyWords = (run: RunSummary, { evaluation }: Classification): string => {
  const [split, ...place] = evaluationWords(evaluation, run.config).split(', ');
  return `${split} accuracy, ${place.join(', ')}`;
};

interface FigureProps {
  readonly value: string;
  readonly title: string;
  readonly children: React.ReactNode;
}

function Figure({ value, title, children }: FigureProps) {
  return (
    <div title={title}>
      <dt>{children}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Examples that training went through, over all the compute time. */
export const examplesPerSecond = ({ iteration, config, computeMs }: RunSummary): number =>
  (iteration * config.outer.metaBatch) / (computeMs / 1000);

const paceTitle = (run: RunSummary): string =>
  `Time spent computing, pauses excluded; ${exampleWord(run.config)}s trained on a second of it, evaluations included`;

function paceWords(run: RunSummary): string {
  const steps = stepsPerEpoch(run.config);
  const epochs = steps === null ? 0 : run.iteration / steps;
  const speed = examplesPerSecond(run);
  const pace = `${fixed(speed, speed >= 20 ? 0 : 1)} ${exampleWord(run.config)}s/s`;
  return Number.isInteger(epochs)
    ? `for ${plural(epochs, 'epoch')}, ${pace}`
    : `for ${fixed(epochs, 1)} epochs, ${pace}`;
}
