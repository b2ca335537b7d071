import { resolve } from 'node:path';
import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import { defaultTableImport } from '../../../shared/datasets/table.ts';
import { defaultTextImport } from '../../../shared/datasets/text.ts';
import { previewAudio } from './audio/preview-audio.ts';
import { type AskedKind, type OpenedSource, openSource } from './open-source.ts';
import { previewTable } from './tables/preview-table.ts';
import { previewTexts } from './texts/preview-texts.ts';

/** Looks at the beginning of a source, which it opens and closes. Throws as opening it does. */
export async function previewSource(request: RequestOf<'datasets.preview'>): Promise<ResponseOf<'datasets.preview'>> {
  const { source, text, table } = request;
  const opened = await openSource(resolve(source), previewedAs(request), table ?? text ?? defaultTextImport);
  try {
    return await look(opened, request);
  } finally {
    await ('rows' in opened ? opened.rows : opened.files).close();
  }
}

function previewedAs({ as, text, table, audio }: RequestOf<'datasets.preview'>): AskedKind {
  if (as !== 'auto') return as;
  if (table) return text ? 'auto' : 'table';
  if (audio) return 'audio';
  return text ? 'text' : 'auto';
}

async function look(
  opened: OpenedSource,
  { text, table, audio }: RequestOf<'datasets.preview'>,
): Promise<ResponseOf<'datasets.preview'>> {
  switch (opened.kind) {
    case 'images':
      return { holds: 'images' };
    case 'audio':
      return { holds: 'audio', preview: await previewAudio(opened.files, audio) };
    case 'texts': {
      const wished = text ?? { ...defaultTextImport, splitColumn: null };
      return { holds: 'texts', preview: await previewTexts(opened.rows, wished) };
    }
    case 'table': {
      const wished = table ?? { ...defaultTableImport, splitColumn: null };
      return { holds: 'table', preview: await previewTable(opened.rows, wished) };
    }
  }
}
