/**
 * Shapes and element types of an operation's outputs, found by running it once per signature on stand-ins.
 * Recording needs no values, so no activations of the real step are ever computed or held: a stand-in of zeros serves
 * all tensors of its shape, and an unrolled step of thousands of operations runs only its few dozen signatures.
 */

import type { ConstantTensor } from './graph-def.ts';
import type { NativeAttribute, NativeBinding } from './native.ts';
import type { SymbolicTensor, TensorSpec } from './recording.ts';
import { zeroValues } from './tensor-specs.ts';

/** Constants up to this size count by value: they are axes, shapes and paddings, on which output shapes depend. */
const BY_VALUE_ELEMENTS = 64;

export class OutputSpecs {
  private readonly binding: NativeBinding;
  private readonly constants: readonly ConstantTensor[];
  private readonly bySignature = new Map<string, readonly TensorSpec[]>();
  private readonly nativeIds = new Map<string, number>();

  constructor(binding: NativeBinding, constants: readonly ConstantTensor[]) {
    this.binding = binding;
    this.constants = constants;
  }

  /** Throws TensorFlow's own error when the operation cannot take these inputs. */
  of(
    operation: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly SymbolicTensor[],
    outputs: number,
  ): readonly TensorSpec[] {
    const signature = `${operation} ${JSON.stringify(attributes)} ${inputs.map((input) => this.signatureOf(input))}`;
    let specs = this.bySignature.get(signature);
    if (specs === undefined) {
      specs = this.execute(operation, attributes, inputs, outputs);
      this.bySignature.set(signature, specs);
    }
    return specs;
  }

  /** Gives the stand-ins back. */
  dispose(): void {
    for (const id of this.nativeIds.values()) {
      this.binding.deleteTensor(id);
    }
    this.nativeIds.clear();
  }

  private execute(
    operation: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly SymbolicTensor[],
    outputs: number,
  ): TensorSpec[] {
    const ids = inputs.map((input) => this.nativeId(input));
    const results = this.binding.executeOp(operation, attributes, ids, outputs);
    for (const result of results) {
      this.binding.deleteTensor(result.id);
    }
    return results.map(({ shape, dtype }) => ({ shape, dtype }));
  }

  private signatureOf(input: SymbolicTensor): string {
    const constant = this.constantByValue(input);
    return constant === undefined ? `${input.dtype}[${input.shape}]` : `constant${input.source.index}`;
  }

  private nativeId(input: SymbolicTensor): number {
    const constant = this.constantByValue(input);
    const key = this.signatureOf(input);
    let id = this.nativeIds.get(key);
    if (id === undefined) {
      const values = constant?.values ?? zeroValues(input.dtype, input.shape);
      id = this.binding.createTensor([...input.shape], input.dtype, values);
      this.nativeIds.set(key, id);
    }
    return id;
  }

  private constantByValue(input: SymbolicTensor): ConstantTensor | undefined {
    const constant = input.source.from === 'constant' ? this.constants[input.source.index] : undefined;
    return constant !== undefined && constant.values.length <= BY_VALUE_ELEMENTS ? constant : undefined;
  }
}
