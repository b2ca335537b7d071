import { beforeAll, describe, expect, it } from 'vitest';
import type { PretrainedTensor } from '../../../src/main/learning/fine-tuning/text-source.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { fineTunerOf, toySettings, toyTexts } from './toy-texts.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

const texts = toyTexts(20);

/** Fine-tuning that starts from the weights of a toy, after a change to them. */
function startFrom(change: (tensors: Map<string, PretrainedTensor>) => void) {
  const toy = fineTunerOf(toySettings(), texts);
  const tensors = new Map<string, PretrainedTensor>(toy.parameters().map((tensor) => [tensor.name, tensor]));
  toy.dispose();
  change(tensors);
  return fineTunerOf(toySettings({ seed: 2 }), { ...texts, encoder: { ...texts.encoder, tensors } });
}

describe('the weights of a pretrained encoder', () => {
  const norm = 'encoder.layer.1.output.LayerNorm.bias';

  it('are where fine-tuning begins; a pooler that it lacks and the head are drawn', () => {
    const toy = fineTunerOf(toySettings(), texts);
    const tuner = startFrom((tensors) => tensors.delete('pooler.dense.weight'));
    const values = (name: string) =>
      [toy, tuner].map((own) => own.parameters().find((one) => one.name === name)!.values);
    const word = 'embeddings.word_embeddings.weight';
    expect(values(word)[1]).toEqual(values(word)[0]);
    for (const drawn of ['pooler.dense.weight', 'classifier.weight']) {
      expect(values(drawn)[1]).not.toEqual(values(drawn)[0]);
    }
    toy.dispose();
    tuner.dispose();
  });

  it('are refused by the name of one that is missing', () => {
    expect(() => startFrom((tensors) => tensors.delete(norm)).parameters()).toThrow(
      `The model's weights lack "${norm}", which its config.json asks for.`,
    );
  });

  it('are refused by the name of one that has another shape', () => {
    expect(() =>
      startFrom((tensors) => tensors.set(norm, { shape: [17], values: new Float32Array(17) })).parameters(),
    ).toThrow(`"${norm}" has the shape [17]; its config.json asks for [16].`);
  });
});
