import { useState } from 'react';
import type { RunConfig } from '../../../../shared/run-config/schema.ts';
import type { CalibrationBin, Classification } from '../../../../shared/runs/classification-report.ts';
import { count, fixed, percent, percentNumber, plural } from '../../../app/format.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Panel } from '../../../ui/page.tsx';
import { evaluationSentence, examples } from './words.ts';

export interface CalibrationPanelProps {
  readonly config: RunConfig;
  readonly shown: Classification;
}

/** Whether probabilities mean what they say: the share that was right against how sure the network was. */
export function CalibrationPanel({ config, shown }: CalibrationPanelProps) {
  const [look, setLook] = useState<'bars' | 'table'>('bars');
  const { report, evaluation, labelMode } = shown;
  const { bins, ece, brier } = report.calibration;
  const unit = labelMode === 'multi' ? 'decisions' : examples(evaluation.examples, config);
  return (
    <Panel
      title="Calibration"
      sub={
        <span title={evaluationSentence(evaluation, config)}>
          {unit}, {bins.length} bins
        </span>
      }
      className="cal-panel"
      tools={
        <IconButton
          size="small"
          icon={look === 'bars' ? 'table' : 'wave'}
          label={look === 'bars' ? 'Read as a table' : 'Show as bars'}
          onClick={() => setLook(look === 'bars' ? 'table' : 'bars')}
        />
      }
    >
      {look === 'bars' ? <ReliabilityBars bins={bins} ece={ece} /> : <BinTable bins={bins} />}
      <p className="foot cal-foot">
        <span title="Mean distance between how sure and how often right, weighted by the bins’ numbers">
          ECE <b>{percent(ece)}</b>
        </span>
        <span title={brierTitle(shown)}>
          Brier <b>{fixed(brier, 3)}</b>
        </span>
        <span title="Mean over examples of the negative log probability of the truth">
          Log loss <b>{fixed(report.logLoss, 3)}</b> nats
        </span>
      </p>
    </Panel>
  );
}

const brierTitle = ({ labels, labelMode }: Classification): string =>
  `Mean squared distance of the probabilities from the truth, from 0 to ${labelMode === 'single' && labels.length > 2 ? 2 : 1}`;

const size = { width: 400, height: 168, left: 40, right: 18, top: 8, bottom: 32 } as const;
const plot = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom } as const;
const x = (value: number): number => size.left + value * plot.width;
const y = (value: number): number => size.top + (1 - value) * plot.height;

/** One bar a bin from its share of right answers; a perfectly calibrated network's bars end on the diagonal. */
function ReliabilityBars({ bins, ece }: { readonly bins: readonly CalibrationBin[]; readonly ece: number }) {
  const filled = bins.filter((bin) => bin.count > 0);
  const sentence = `Reliability: share that was right against the mean probability, in ${plural(filled.length, 'bin')} with answers; expected calibration error ${percent(ece)}.`;
  return (
    <svg className="plot cal" viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={sentence}>
      {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
        <g key={tick}>
          <path className="gr" d={`M${size.left} ${y(tick)}H${size.width - size.right}`} />
          <text className="tk" x={size.left - 6} y={y(tick) + 3.5} textAnchor="end">
            {percentNumber(tick, 0)}
          </text>
          <text className="tk" x={x(tick)} y={size.height - 18} textAnchor="middle">
            {fixed(tick, 2)}
          </text>
        </g>
      ))}
      {filled.map(({ low, high, accuracy, confidence, count: number }) => (
        <g key={low}>
          <rect
            className="cal-bar"
            x={x(low) + 1}
            width={Math.max(1, x(high) - x(low) - 2)}
            y={y(accuracy ?? 0)}
            height={Math.max(0.5, y(0) - y(accuracy ?? 0))}
          >
            <title>{`${fixed(low, 2)} to ${fixed(high, 2)}: ${count(number)}, said ${fixed(confidence, 3)}, right ${percent(accuracy)}`}</title>
          </rect>
          <path className="cal-said" d={`M${x(low) + 1} ${y(confidence ?? 0)}H${x(high) - 1}`} />
        </g>
      ))}
      <path className="cal-ideal" d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} />
      <text className="ax" x={x(0.5)} y={size.height - 3} textAnchor="middle">
        Probability that was given (mark: mean of the bin)
      </text>
      <text className="ax" textAnchor="middle" transform={`translate(10 ${y(0.5)}) rotate(-90)`}>
        Right (%)
      </text>
    </svg>
  );
}

function BinTable({ bins }: { readonly bins: readonly CalibrationBin[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard
    <section className="scroll-table" tabIndex={0} aria-label="Bins of the calibration">
      <table className="mini">
        <thead>
          <tr>
            <th scope="col">Probability</th>
            <th scope="col" className="n">
              Number
            </th>
            <th scope="col" className="n">
              Mean said
            </th>
            <th scope="col" className="n">
              Right, %
            </th>
          </tr>
        </thead>
        <tbody>
          {bins.map((bin) => (
            <tr key={bin.low}>
              <th scope="row" className="num">
                {fixed(bin.low, 2)} to {fixed(bin.high, 2)}
              </th>
              <td className="n">{count(bin.count)}</td>
              <td className="n">{fixed(bin.confidence, 3)}</td>
              <td className="n">{percentNumber(bin.accuracy)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
