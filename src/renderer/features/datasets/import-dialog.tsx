import type { PickedSource } from '../../../shared/contract/window.ts';
import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import { fixed } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { Row, TextRow, Wrong } from './form-rows.tsx';
import { testShare } from './import-form.ts';
import { TextImportFields } from './text-import-fields.tsx';
import { useImportForm } from './use-import-form.ts';
import { useTextImport } from './use-text-import.ts';

export interface ImportDialogProps {
  /** What was picked or dropped already. */
  readonly source: PickedSource | null;
  readonly names: readonly string[];
  readonly onStarted: (job: ImportJob, source: PickedSource) => void;
  readonly onClose: () => void;
}

const formats = [
  { value: 'auto', label: 'Recognise' },
  { value: 'omniglot', label: 'Alphabet / character' },
  { value: 'folder-per-class', label: 'Folder per class' },
] as const;

const units = [
  { value: 'class', label: 'Classes' },
  { value: 'group', label: 'Whole alphabets' },
] as const;

/** What to import and how. A source of texts is looked into at once, and shows its first rows; images are read at Start. */
export function ImportDialog({ source: given, names, onStarted, onClose }: ImportDialogProps) {
  const images = useImportForm(given, names, onStarted);
  const texts = useTextImport(images.source, names, onStarted);
  const { look } = texts;
  const form = look.kind === 'texts' ? texts : images;
  const ready = look.kind === 'looking' || look.kind === 'failed' ? 'no' : form.ready;
  return (
    <Dialog
      title="Import a dataset"
      onClose={onClose}
      width={look.kind === 'texts' ? 680 : 560}
      footer={
        <>
          <span className="muted t11 grow">Your files stay where they are.</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" unavailable={ready === 'no'} onClick={() => void form.start()}>
            {ready === 'starting' ? 'Starting' : 'Start import'}
          </Button>
        </>
      }
    >
      <form
        className="dialog-form import"
        onSubmit={(event) => {
          event.preventDefault();
          void form.start();
        }}
      >
        <SourceRow
          source={images.source}
          holds={look.kind === 'texts' ? 'texts' : 'files'}
          onPick={(what) => void images.pick(what)}
        />
        {look.kind === 'looking' && <Looking />}
        {look.kind === 'failed' && <Wrong text={look.message} />}
        {look.kind === 'texts' && <TextImportFields state={texts} preview={look.preview} />}
        {(look.kind === 'none' || look.kind === 'images') && <ImageFields form={images} />}
      </form>
    </Dialog>
  );
}

const Looking = () => (
  <div className="tprev" role="status" aria-label="Looking into it">
    <Skeleton width="60%" />
    <Skeleton width="100%" height={90} />
  </div>
);

function ImageFields({ form }: { readonly form: ReturnType<typeof useImportForm> }) {
  return (
    <>
      <TextRow label="Name" {...form.text('name')} />
      <Row label="Layout">
        <Segmented label="Layout" value={form.values.as} options={formats} onChange={(as) => form.change({ as })} />
      </Row>
      <TextRow label="Stored size" unit="pixels a side" {...form.text('size')} />
      <h3>Splits</h3>
      <Row label="Divide">
        <Segmented label="Divide" value={form.values.by} options={units} onChange={(by) => form.change({ by })} />
      </Row>
      <TextRow label="Train" unit="% of the classes" {...form.text('train')} />
      <TextRow label="Validation" unit="% of the classes" {...form.text('validation')} />
      <Row label="Test">
        <span className="t12 soft num">{shareWords(testShare(form.values))}</span>
        <span className="muted t11">the rest; no class is in two splits</span>
      </Row>
      <TextRow label="Seed" unit="of the draw" {...form.text('seed')} />
      {form.refusal && <Wrong text={form.refusal} />}
    </>
  );
}

const shareWords = (share: number | null): string =>
  share === null ? '–' : `${fixed(share, Number.isInteger(share) ? 0 : 1)} %`;

interface SourceRowProps {
  readonly source: PickedSource | null;
  readonly holds: 'texts' | 'files';
  readonly onPick: (what: 'file' | 'folder') => void;
}

/** By the ending of a name, while nothing else is known. */
function iconOf(name: string): IconName {
  if (/\.zip$/i.test(name)) return 'archive';
  return /\.[a-z]{3,6}$/i.test(name) ? 'text' : 'folder';
}

function SourceRow({ source, holds, onPick }: SourceRowProps) {
  const icon = holds === 'texts' ? 'text' : iconOf(source?.name ?? '');
  return (
    <Row label="Source">
      {source ? (
        <span className="source trunc">
          <Icon name={icon} />
          <b className="trunc">{source.name}</b>
        </span>
      ) : (
        <span className="t12 soft">Drop a file or a folder here, or choose:</span>
      )}
      <Button size="small" onClick={() => onPick('file')}>
        File
      </Button>
      <Button size="small" onClick={() => onPick('folder')}>
        Folder
      </Button>
    </Row>
  );
}
