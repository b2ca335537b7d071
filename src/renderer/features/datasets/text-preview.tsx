import type { TextPreview } from '../../../shared/datasets/text.ts';
import { encodingNote, encodingWords } from '../../../shared/datasets/text-encoding.ts';
import { count, plural } from '../../app/format.ts';
import { classNames } from '../../ui/class-names.ts';
import { LengthChart } from './length-chart.tsx';

/** The first rows of a source, and how many texts of which label and length it has. */
export function TextPreviewPart({ preview }: { readonly preview: TextPreview }) {
  const { lengths, labels } = preview;
  const note = encodingNote(preview.encoding);
  return (
    <div className="tprev">
      <p className="t11 muted">
        {readWords(preview)}, read as {encodingWords(preview.encoding)}
      </p>
      {note !== null && <p className="t11 soft">{note}</p>}
      <FirstRows preview={preview} />
      {labels.length > 0 && lengths && (
        <div className="tprev-two">
          <LabelBars preview={preview} />
          <LengthChart lengths={lengths} height={92} />
        </div>
      )}
    </div>
  );
}

function readWords({ rowsRead, complete, format, labelsTotal }: TextPreview): string {
  const noun = format === 'text-folders' ? 'file' : 'row';
  const part = format === 'text-folders' ? 'A sample of' : 'The first';
  const labels = labelsTotal === 0 ? '' : ` with ${plural(labelsTotal, 'label')}`;
  return complete === 'yes' ? `${plural(rowsRead, noun)}${labels}` : `${part} ${plural(rowsRead, noun)}${labels}`;
}

function FirstRows({ preview: { columns, rows, chosen } }: { readonly preview: TextPreview }) {
  const used = new Map<string | null, string>([
    [chosen.text, 'text'],
    [chosen.pair, 'second text'],
    [chosen.label, 'label'],
    [chosen.splitColumn, 'split'],
  ]);
  used.delete(null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reached by keyboard
    <section className="tprev-rows" tabIndex={0} aria-label="First rows">
      <table className="mini">
        <thead>
          <tr>
            {columns.map(({ name }) => (
              <th key={name} className={classNames(used.has(name) && 'used')}>
                {name}
                {used.has(name) && used.get(name) !== name && <span> {used.get(name)}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
            <tr key={row}>
              {columns.map(({ name }, at) => (
                <td key={name} className={classNames(!used.has(name) && 'unused')} title={cells[at]}>
                  {cells[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const barsShown = 5;

function LabelBars({ preview: { labels, labelsTotal } }: { readonly preview: TextPreview }) {
  const most = Math.max(1, ...labels.map(({ examples }) => examples));
  const shown = labels.slice(0, barsShown);
  const more = labelsTotal - shown.length;
  return (
    <ul className="lbars" aria-label="Labels">
      {shown.map(({ label, examples }) => (
        <li key={label}>
          <span className="trunc" title={label}>
            {label}
          </span>
          <i style={{ width: `${(100 * examples) / most}%` }} />
          <b className="num">{count(examples)}</b>
        </li>
      ))}
      {more > 0 && <li className="muted">and {plural(more, 'more label', 'more labels')}</li>}
    </ul>
  );
}
