/** A float32 tensor on the host with its name: what checkpoints store. Names are paths such as `conv1/kernel`. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
}

export const sizeOfShape = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Names for values in the order of their specs; the values are not copied. */
export const nameTensors = (specs: readonly TensorSpec[], values: readonly Float32Array[]): NamedTensor[] =>
  specs.map(({ name, shape }, i) => ({ name, shape, values: values[i]! }));

/** The values in the order of the specs; throws a plain sentence for a missing, superfluous or differently shaped one. */
export function valuesInOrder(
  specs: readonly TensorSpec[],
  tensors: readonly NamedTensor[],
  what: string,
): Float32Array[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const known = new Set(specs.map(({ name }) => name));
  const superfluous = tensors.find(({ name }) => !known.has(name));
  if (superfluous) throw new Error(`${what} hold "${superfluous.name}", which this config does not have.`);
  return specs.map(({ name, shape }) => {
    const tensor = byName.get(name);
    if (!tensor) throw new Error(`${what} lack "${name}", which this config needs.`);
    if (tensor.shape.join() !== shape.join() || tensor.values.length !== sizeOfShape(shape)) {
      throw new Error(
        `"${name}" has the shape [${tensor.shape.join(', ')}], but this config needs [${shape.join(', ')}]. ` +
          'Network, way and image size must be those of training.',
      );
    }
    return tensor.values;
  });
}
