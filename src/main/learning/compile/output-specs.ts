/**
 * Shapes and element types of an operation's outputs, found by running it once per signature on stand-ins.
 * Recording needs no values, so no activations of the real step are ever computed or held: a stand-in of zeros serves
 * all tensors of its shape, and an unrolled step of thousands of operations runs only its few dozen signatures.
 * Where an output's shape is given by an input (Reshape, Tile, Fill), tfjs makes that input from numbers, as a constant.
 */

import { type ConstantTensor, DataType } from './graph-def.ts';
import type { NativeAttribute, NativeBinding, NativeTensor } from './native.ts';
import type { SymbolicTensor, TensorSpec } from './recording.ts';
import { NotExpressible } from './refusal.ts';
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

  /** Throws TensorFlow's own error when the operation cannot take inputs of these shapes and types. */
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
    const results = this.tryOut(operation, attributes, inputs, outputs);
    for (const result of results) {
      this.binding.deleteTensor(result.id);
    }
    return results.map(({ shape, dtype }) => ({ shape, dtype }));
  }

  private tryOut(
    operation: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly SymbolicTensor[],
    outputs: number,
  ): NativeTensor[] {
    const ids = inputs.map((input) => this.nativeId(input));
    try {
      return this.binding.executeOp(operation, attributes, ids, outputs);
    } catch (error) {
      // Floats of any value will do; whole numbers may not (a divisor, an index): then the real ones might.
      const guessed = inputs.some((input) => input.dtype !== DataType.float32 && !this.constantByValue(input));
      throw guessed ? new NotExpressible(`${operation} takes no stand-ins for whole numbers`) : error;
    }
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
      id =
        input.dtype === DataType.bfloat16
          ? this.createBrainFloats(input.shape)
          : this.binding.createTensor(
              [...input.shape],
              input.dtype,
              constant?.values ?? zeroValues(input.dtype, input.shape),
            );
      this.nativeIds.set(key, id);
    }
    return id;
  }

  /** JavaScript has no array of bfloat16 to make them of. */
  private createBrainFloats(shape: readonly number[]): number {
    const { float32, bfloat16 } = DataType;
    const zeros = this.binding.createTensor([...shape], float32, zeroValues(float32, shape));
    const type = (name: string, value: number) => ({ name, type: this.binding.TF_ATTR_TYPE, value });
    const [narrowed] = this.binding.executeOp('Cast', [type('SrcT', float32), type('DstT', bfloat16)], [zeros], 1);
    this.binding.deleteTensor(zeros);
    return narrowed!.id;
  }

  private constantByValue(input: SymbolicTensor): ConstantTensor | undefined {
    const constant = input.source.from === 'constant' ? this.constants[input.source.index] : undefined;
    return constant !== undefined && constant.values.length <= BY_VALUE_ELEMENTS ? constant : undefined;
  }
}
