import type { RequestOf } from '../../shared/contract/requests.ts';
import type { ModelImport, ModelSummary } from '../../shared/models/model.ts';
import type { CliContext } from './command.ts';
import { bytes } from './words.ts';

/** Imports a model, showing progress; Ctrl+C cancels, and then nothing is left behind. */
export async function importModel(context: CliContext, request: RequestOf<'models.import'>): Promise<ModelSummary> {
  const { terminal, interrupts } = context;
  const core = context.core();
  let underWay: string | null = null;
  let wish: 'go-on' | 'cancel' = 'go-on';
  const cancel = (): void => {
    wish = 'cancel';
    terminal.note('Cancelling the import.');
    if (underWay === null) return; // the first word of it will say its id
    void core.request('models.cancel-import', { id: underWay }).catch(() => undefined); // it has just ended by itself
  };
  const releases = [
    interrupts.take(cancel),
    context.on('model.importing', ({ job }) => {
      const news = underWay === null;
      underWay ??= job.id;
      if (news && wish === 'cancel') cancel();
      if (job.id === underWay) terminal.status(importLine(job));
    }),
  ];
  try {
    return await core.request('models.import', request);
  } finally {
    terminal.clearStatus();
    for (const release of releases) release();
  }
}

const importLine = ({ name, stage, done, total }: ModelImport): string =>
  total > 0 ? `${name}: ${stage} ${bytes(done)} of ${bytes(total)}` : `${name}: ${stage}`;
