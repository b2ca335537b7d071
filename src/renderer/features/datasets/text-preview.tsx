import type { TextPreview } from '../../../shared/datasets/text.ts';
import { encodingNote, encodingWords } from '../../../shared/datasets/text-encoding.ts';
import { plural } from '../../app/format.ts';
import { LengthChart } from './length-chart.tsx';
import { FirstRows, LabelBars } from './preview-parts.tsx';

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
      <FirstRows columns={preview.columns.map(({ name }) => name)} rows={preview.rows} used={usedColumns(preview)} />
      {labels.length > 0 && lengths && (
        <div className="tprev-two">
          <LabelBars labels={labels} labelsTotal={preview.labelsTotal} />
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

function usedColumns({ chosen }: TextPreview): ReadonlyMap<string, string> {
  const used = new Map<string | null, string>([
    [chosen.text, 'text'],
    [chosen.pair, 'second text'],
    [chosen.label, 'label'],
    [chosen.splitColumn, 'split'],
  ]);
  used.delete(null);
  return used as Map<string, string>;
}
