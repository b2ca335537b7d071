import { type DragEvent, useState } from 'react';
import type { PickedSource } from '../../../shared/contract/window.ts';
import type { ModelImport, ModelSummary } from '../../../shared/models/model.ts';
import { asFailure, importModel, request, shell, useEvent } from '../../app/core.ts';
import { bytes } from '../../app/format.ts';
import { useToasts } from '../../ui/toast.tsx';

export interface OpenModelImport {
  /** Asks for a folder and imports it. */
  readonly pick: () => void;
  /** How far the import under way is; undefined when there is none. */
  readonly line:
    | { readonly text: string; readonly share: number; readonly onCancel: (() => void) | undefined }
    | undefined;
  /** Why the last one failed, until the next one begins. */
  readonly failure: string | undefined;
  /** A folder dragged over the page; spread the handlers on the page. */
  readonly drop: { readonly over: boolean; readonly handlers: DropHandlers };
}

interface DropHandlers {
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
}

/** One import at a time, from a dialog or a dropped folder. */
export function useModelImport(onDone: (model: ModelSummary) => void): OpenModelImport {
  const toasts = useToasts();
  const [source, setSource] = useState<string>();
  const [job, setJob] = useState<ModelImport>();
  const [failure, setFailure] = useState<string>();
  useEvent('model.importing', ({ job: heard }) => setJob(isUnderWay(heard) ? heard : undefined));

  const start = async ({ token, name }: PickedSource): Promise<void> => {
    setFailure(undefined);
    setSource(name);
    try {
      const model = await importModel({ token, name: null });
      toasts.tell(`${model.name} imported`, 'check');
      onDone(model);
    } catch (thrown) {
      const { code, message } = asFailure(thrown);
      if (code === 'cancelled') toasts.tell(message, 'x');
      else setFailure(message);
    }
    setSource(undefined);
    setJob(undefined);
  };
  const pick = async (): Promise<void> => {
    const picked = await shell.pickSource('model');
    if (picked) await start(picked);
  };
  const drop = useFolderDrop(async (file) => {
    const picked = await shell.acceptDropped(file);
    if (picked) await start(picked);
    else toasts.tell(`${file.name} is not a folder of this computer`, 'alert');
  });
  const cancel = job && (() => void request('models.cancel-import', { id: job.id }).catch(toasts.tellFailure));
  return {
    pick: () => void pick().catch(toasts.tellFailure),
    line: source === undefined && !job ? undefined : { ...progress(source, job), onCancel: cancel },
    failure,
    drop,
  };
}

const isUnderWay = ({ stage }: ModelImport): boolean => stage === 'checking' || stage === 'copying';

function progress(
  source: string | undefined,
  job: ModelImport | undefined,
): { readonly text: string; readonly share: number } {
  if (!job || job.total === 0) return { text: `Checking ${job?.name ?? source ?? ''}`, share: 0 };
  return { text: `Copying ${job.name}, ${bytes(job.done)} of ${bytes(job.total)}`, share: job.done / job.total };
}

/** Files dragged over the page; other drags are none of its business. */
function useFolderDrop(onFile: (file: File) => Promise<void>): OpenModelImport['drop'] {
  const [over, setOver] = useState(false);
  const toasts = useToasts();
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  return {
    over,
    handlers: {
      onDragOver: (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) onFile(file).catch(toasts.tellFailure);
      },
    },
  };
}
