/** BERT's tokenizer as a `tokenizer.json` would describe it, for models that come with vocab.txt alone. */

type Settings = Readonly<Record<string, unknown>>;

/** Setting in tokenizer_config.json -> BERT's own token. */
const SPECIAL = {
  unk_token: '[UNK]',
  sep_token: '[SEP]',
  pad_token: '[PAD]',
  cls_token: '[CLS]',
  mask_token: '[MASK]',
};

/** Throws when the vocabulary lacks a special token; `settings` are those of tokenizer_config.json. */
export function wordPieceTokenizer(vocabTxt: string, settings: Settings): object {
  const words = vocabTxt.replace(/\r?\n$/, '').split(/\r?\n/);
  const vocabulary = Object.fromEntries(words.map((word, id) => [word, id]));
  const special = (which: keyof typeof SPECIAL): { readonly token: string; readonly id: number } => {
    const given = settings[which];
    const token = typeof given === 'string' ? given : SPECIAL[which];
    const id = vocabulary[token];
    if (id === undefined) throw new Error(`vocab.txt has no line "${token}" (${which}).`);
    return { token, id };
  };
  const needed = (Object.keys(SPECIAL) as (keyof typeof SPECIAL)[]).filter(
    (which) => which !== 'mask_token' || vocabulary[SPECIAL.mask_token] !== undefined, // of no use to a classifier
  );
  const added = needed.map(special);
  const [unknown, separator, , first] = added as [(typeof added)[0], (typeof added)[0], unknown, (typeof added)[0]];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added.map(({ token, id }) => addedToken(token, id)),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: settings.tokenize_chinese_chars ?? true,
      strip_accents: settings.strip_accents ?? null,
      lowercase: settings.do_lower_case ?? true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'BertProcessing',
      sep: [separator.token, separator.id],
      cls: [first.token, first.id],
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: unknown.token,
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: vocabulary,
    },
  };
}

const addedToken = (content: string, id: number): object => ({
  ...{ id, content },
  ...{ single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
});
