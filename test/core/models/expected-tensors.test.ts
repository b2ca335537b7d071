import { expect, it } from 'vitest';
import { expectedTensors } from '../../../src/main/core/models/expected-tensors.ts';
import { encoderParameters } from '../../../src/main/learning/encoder/parameters.ts';
import { families, openEncoder } from '../../learning/encoder/encoders.ts';

it.each(families)('an import asks for the weights of a %s that training begins with', async (family) => {
  const { config, tensors } = await openEncoder(family);
  const wanted = encoderParameters(config).map(({ name, shape }) => [name, shape]);
  expect(expectedTensors(config)).toEqual(wanted);
  for (const [name, shape] of expectedTensors(config)) expect(tensors.get(name)?.shape, name).toEqual(shape);
});
