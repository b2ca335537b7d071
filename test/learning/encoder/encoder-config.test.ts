import { describe, expect, it } from 'vitest';
import { longestText, parseEncoderConfig } from '../../../src/shared/encoder/encoder-config.ts';
import { expectedOf, openEncoder } from './encoders.ts';

describe('the config of an encoder', () => {
  it('has the defaults of transformers', () => {
    expect(parseEncoderConfig({ model_type: 'bert' })).toMatchObject({
      ...{ vocabSize: 30_522, hiddenSize: 768, layers: 12, heads: 12, intermediateSize: 3072, maxPositions: 512 },
      ...{ typeVocabSize: 2, positionOffset: 0, layerNormEpsilon: 1e-12, activation: 'gelu', hiddenDropout: 0.1 },
    });
    expect(parseEncoderConfig({ model_type: 'distilbert' })).toMatchObject({ layers: 6, typeVocabSize: 0 });
  });

  it('counts the positions of RoBERTa and its relatives from the padding', () => {
    const config = parseEncoderConfig({ model_type: 'xlm-roberta', max_position_embeddings: 514, pad_token_id: 1 });
    expect(config).toMatchObject({ family: 'roberta', positionOffset: 2 });
    expect(longestText(config)).toBe(512);
  });

  it.each([
    [[], 'must hold an object'],
    [{}, 'has no "model_type"'],
    [{ model_type: 'gpt2' }, 'says model_type = "gpt2"; bert, distilbert, roberta'],
    [{ model_type: 'bert', hidden_act: 'swish' }, 'says hidden_act = "swish"; gelu'],
    [{ model_type: 'bert', hidden_size: 10, num_attention_heads: 3 }, '3 heads, which do not divide the width of 10'],
    [{ model_type: 'bert', num_hidden_layers: 0 }, 'num_hidden_layers = 0; it must be a whole number of at least 1'],
    [{ model_type: 'bert', hidden_dropout_prob: 1 }, 'hidden_dropout_prob = 1; it must be at least 0 and less than 1'],
    [{ model_type: 'bert', position_embedding_type: 'relative_key' }, 'only "absolute" can be read'],
    [{ model_type: 'bert', is_decoder: true }, 'describes a decoder'],
    [{ model_type: 'bert', pad_token_id: 9, vocab_size: 5 }, 'pad_token_id 9, but only 5 tokens'],
    [{ model_type: 'roberta', max_position_embeddings: 2 }, 'leaves no room for a text'],
  ])('is refused where it cannot be read: %j', (json, reason) => {
    expect(() => parseEncoderConfig(json)).toThrow(reason);
  });

  it('is that of the fixtures', async () => {
    const { config } = await openEncoder('roberta');
    expect(config).toMatchObject({ family: 'roberta', hiddenSize: 16, layers: 2, activation: 'gelu_new' });
    expect(config.vocabSize).toBeGreaterThan(Math.max(...expectedOf('roberta').ids.flat()));
  });
});
