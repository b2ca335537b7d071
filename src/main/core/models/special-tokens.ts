import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EncoderFamily } from '../../../shared/encoder/encoder-config.ts';
import { isRecord } from '../../../shared/run-config/record.ts';
import { fileError } from '../../files/file-error.ts';
import type { FolderTokenizer } from './tokenizer-size.ts';

type Json = Readonly<Record<string, unknown>>;

/** Setting in tokenizer_config.json -> the token that it is where nothing is said. */
const OF_BERT = { cls_token: '[CLS]', sep_token: '[SEP]', pad_token: '[PAD]', unk_token: '[UNK]' };
const OF_ROBERTA = { cls_token: '<s>', sep_token: '</s>', pad_token: '<pad>', unk_token: '<unk>' };

type Setting = keyof typeof OF_BERT;

/**
 * The tokens that every text is given (its beginning, its end, padding, what is unknown) and that the tokenizer of a
 * folder does not know: "[CLS]" (cls_token). Their names are those of the folder's settings, or of the family.
 */
export async function missingSpecialTokens(
  folder: string,
  has: (file: string) => boolean,
  tokenizer: FolderTokenizer,
  family: EncoderFamily,
): Promise<readonly { readonly setting: string; readonly token: string }[]> {
  const settings = [await readSettings('tokenizer_config.json'), await readSettings('special_tokens_map.json')];
  const usual: Readonly<Record<Setting, string>> = family === 'roberta' ? OF_ROBERTA : OF_BERT;
  const { description, words } = tokenizer;
  const named: Partial<Record<Setting, unknown>> = {
    ...marksOf(description.post_processor),
    pad_token: isRecord(description.padding) ? description.padding.pad_token : undefined,
    unk_token: isRecord(description.model) ? description.model.unk_token : undefined,
  };
  return (Object.keys(usual) as Setting[]).flatMap((setting) => {
    const token = [...settings.map((given) => given[setting]), named[setting]].map(contentOf).find(Boolean);
    const wanted = token ?? usual[setting];
    return words.has(wanted) ? [] : [{ setting, token: wanted }];
  });

  async function readSettings(file: string): Promise<Json> {
    if (!has(file)) return {};
    const path = join(folder, file);
    const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
      throw fileError(thrown, path, 'read');
    });
    return parsed(text);
  }
}

/** Settings that are no JSON say nothing; the trainer names them when it opens the tokenizer. */
function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return {};
    throw thrown;
  }
}

/** "[CLS]", or the same with how it is to be stripped. */
function contentOf(token: unknown): string | undefined {
  const content = isRecord(token) ? token.content : token;
  return typeof content === 'string' ? content : undefined;
}

/** The marks of beginning and end that a post-processor of tokenizer.json puts around a text. */
function marksOf(processor: unknown): { readonly cls_token?: unknown; readonly sep_token?: unknown } {
  if (!isRecord(processor)) return {};
  if (Array.isArray(processor.cls) && Array.isArray(processor.sep)) {
    return { cls_token: processor.cls[0], sep_token: processor.sep[0] };
  }
  const marks = (Array.isArray(processor.single) ? (processor.single as readonly unknown[]) : []).flatMap((piece) =>
    isRecord(piece) && isRecord(piece.SpecialToken) ? [piece.SpecialToken.id] : [],
  );
  return marks.length === 2 ? { cls_token: marks[0], sep_token: marks[1] } : {};
}
