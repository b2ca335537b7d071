import type { PickedSource } from '../../../shared/contract/window.ts';
import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { AudioImportFields } from './audio-import-fields.tsx';
import { audioKind } from './audio-import-form.ts';
import { Row, TextRow, Wrong } from './form-rows.tsx';
import { testShare } from './import-form.ts';
import { openQuestion } from './looked-form.ts';
import { shareWords } from './split-fields.tsx';
import { TableImportFields } from './table-import-fields.tsx';
import { tableKind } from './table-import-form.ts';
import { TextImportFields } from './text-import-fields.tsx';
import { textKind } from './text-import-form.ts';
import { useImportForm } from './use-import-form.ts';
import { type Look, useLook } from './use-look.ts';
import { useLookedForm } from './use-looked-form.ts';

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

const held = [
  { value: 'texts', label: 'Texts' },
  { value: 'table', label: 'Table of rows' },
] as const;

/** What to import and how. A source is looked into at once, and shows what it holds; images are read at Start. */
export function ImportDialog({ source: given, names, onStarted, onClose }: ImportDialogProps) {
  const images = useImportForm(given, names, onStarted);
  const { source } = images;
  const looking = useLook(source);
  const { look } = looking;
  const around = { looking, source, names, onStarted };
  const texts = useLookedForm({ kind: textKind, preview: look.kind === 'texts' ? look.preview : null, ...around });
  const table = useLookedForm({ kind: tableKind, preview: look.kind === 'table' ? look.preview : null, ...around });
  const audio = useLookedForm({ kind: audioKind, preview: look.kind === 'audio' ? look.preview : null, ...around });
  const forms = { texts, table, audio };
  const form = look.kind in forms ? forms[look.kind as keyof typeof forms] : images;
  const ready = look.kind === 'looking' || look.kind === 'failed' ? 'no' : form.ready;
  const tabular = look.kind === 'table' || (look.kind === 'texts' && look.preview.format !== 'text-folders');
  return (
    <Dialog
      title="Import a dataset"
      onClose={onClose}
      width={look.kind in forms ? 680 : 560}
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
        <SourceRow source={source} holds={look.kind} onPick={(what) => void images.pick(what)} />
        {(tabular || looking.taken !== null) && (
          <Row label="Holds">
            <Segmented
              label="Holds"
              value={look.kind === 'table' || looking.taken === 'table' ? 'table' : 'texts'}
              options={held}
              onChange={(holds) => looking.take(holds, openQuestion(holds === 'texts' ? 'text' : 'table'))}
            />
          </Row>
        )}
        {look.kind === 'looking' && <Looking />}
        {look.kind === 'failed' && <Wrong text={look.message} />}
        {look.kind === 'texts' && <TextImportFields state={texts} preview={look.preview} />}
        {look.kind === 'table' && <TableImportFields state={table} preview={look.preview} />}
        {look.kind === 'audio' && <AudioImportFields state={audio} preview={look.preview} />}
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

interface SourceRowProps {
  readonly source: PickedSource | null;
  readonly holds: Look['kind'];
  readonly onPick: (what: 'file' | 'folder') => void;
}

const icons: Readonly<Partial<Record<Look['kind'], IconName>>> = { texts: 'text', table: 'table', audio: 'audio' };

/** By the ending of a name, while nothing else is known. */
function iconOf(name: string): IconName {
  if (/\.zip$/i.test(name)) return 'archive';
  return /\.[a-z]{3,6}$/i.test(name) ? 'text' : 'folder';
}

function SourceRow({ source, holds, onPick }: SourceRowProps) {
  const icon = icons[holds] ?? iconOf(source?.name ?? '');
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
