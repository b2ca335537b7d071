/**
 * Stands in for tfjs-node's native binding while a step is recorded: operations are noted instead of computed, and the
 * tensors that tfjs passes around are ids of symbolic tensors. Ids are never used twice, so the log is the graph.
 */

import { graphAttributes } from './attributes.ts';
import { ConstantPool } from './constants.ts';
import type { NativeAttribute, NativeBinding, NativeTensor } from './native.ts';
import { OutputSpecs } from './output-specs.ts';
import { type RecordedOperation, type SymbolicTensor, sourceKey, type TensorSpec } from './recording.ts';
import { NotExpressible, refuse } from './refusal.ts';
import type { TensorValues } from './step.ts';

/** Symbolic ids start here, so that they cannot be mistaken for those of native tensors. */
const FIRST_SYMBOLIC_ID = 1_000_000_000;

/** Operations whose random numbers come from hidden state: a replayed graph would differ from the eager step. */
const STATEFUL_RANDOM =
  /^(Multinomial|RandomGamma|RandomPoisson|RandomShuffle|RandomStandardNormal|RandomUniform|RandomUniformInt|TruncatedNormal)$/;

/** Operations whose output shape depends on values, which no recording can know. */
const SHAPE_FROM_VALUES = /^(Unique|UniqueV2|Where|NonMaxSuppressionV\d|SparseFillEmptyRows|SparseReshape)$/;

export class SymbolicBinding {
  readonly operations: RecordedOperation[] = [];
  private readonly native: NativeBinding;
  private readonly constantPool = new ConstantPool();
  private readonly outputSpecs: OutputSpecs;
  private readonly tensors: SymbolicTensor[] = [];
  private readonly resultsByOperation = new Map<string, readonly SymbolicTensor[]>();
  private readonly isStepConstant: (values: object) => boolean;

  /** `isStepConstant` tells whether host values were given to tfjs within the step, not before it. */
  constructor(native: NativeBinding, isStepConstant: (values: object) => boolean) {
    this.native = native;
    this.isStepConstant = isStepConstant;
    this.outputSpecs = new OutputSpecs(native, this.constantPool.all);
  }

  get constants(): ConstantPool['all'] {
    return this.constantPool.all;
  }

  /** What tfjs-node sees in place of the native binding. */
  asBinding(): NativeBinding {
    return Object.create(this.native, {
      createTensor: { value: this.createTensor.bind(this) },
      deleteTensor: { value: this.deleteTensor.bind(this) },
      executeOp: { value: this.executeOp.bind(this) },
      tensorDataSync: { value: this.tensorDataSync.bind(this) },
    }) as NativeBinding;
  }

  /** Registers a tensor of the step, for which tfjs will use the returned id. */
  add(tensor: SymbolicTensor): number {
    return FIRST_SYMBOLIC_ID + this.tensors.push(tensor) - 1;
  }

  /** The symbolic tensor behind an id; undefined for tensors that exist outside the step. */
  find(id: number): SymbolicTensor | undefined {
    return this.tensors[id - FIRST_SYMBOLIC_ID];
  }

  constantValues(id: number): TensorValues | undefined {
    const tensor = this.find(id);
    return tensor?.source.from === 'constant' ? this.constantPool.all[tensor.source.index]?.values : undefined;
  }

  dispose(): void {
    this.outputSpecs.dispose();
  }

  private createTensor(shape: readonly number[], dtype: number, values: TensorValues): number {
    if (!ArrayBuffer.isView(values)) {
      throw new NotExpressible('it makes a tensor of strings');
    }
    if (!this.isStepConstant(values)) {
      throw refuseOutsideTensor(shape, this.createTensor);
    }
    const index = this.constantPool.indexOf(dtype, shape, values);
    return this.add({ shape: [...shape], dtype, source: { from: 'constant', index } });
  }

  private deleteTensor(id: number): void {
    if (id < FIRST_SYMBOLIC_ID) {
      this.native.deleteTensor(id); // a tensor from outside that the step disposes
    }
  }

  private tensorDataSync(id: number): TensorValues {
    const values = this.constantValues(id);
    if (values === undefined) {
      throw refuse('A tensor was read on the host', READ_REMEDY, this.tensorDataSync);
    }
    return values.slice();
  }

  private executeOp(
    name: string,
    attributes: readonly NativeAttribute[],
    inputIds: readonly number[],
    outputs: number,
  ): NativeTensor[] {
    this.requireRecordable(name);
    const inputs = inputIds.map((id) => {
      const input = this.find(id);
      if (input === undefined) {
        throw refuseOutsideTensor(undefined, this.executeOp);
      }
      return input;
    });
    const key = `${name} ${JSON.stringify(attributes)} ${inputs.map((input) => sourceKey(input.source))}`;
    let results = this.resultsByOperation.get(key);
    if (results === undefined) {
      results = this.note(name, attributes, inputs, outputs);
      this.resultsByOperation.set(key, results);
    }
    return results.map((result) => ({ id: this.add(result), shape: [...result.shape], dtype: result.dtype }));
  }

  private note(
    name: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly SymbolicTensor[],
    outputCount: number,
  ): SymbolicTensor[] {
    const outputs = this.outputSpecs.of(name, attributes, inputs, outputCount);
    const inputTypes = inputs.map((input) => input.dtype);
    const graphReady = graphAttributes(name, attributes, inputTypes, this.native);
    const index = this.operations.push({ name, attributes: graphReady, inputs, outputs }) - 1;
    return outputs.map((spec: TensorSpec, output) => ({ ...spec, source: { from: 'operation', index, output } }));
  }

  private requireRecordable(operation: string): void {
    if (STATEFUL_RANDOM.test(operation)) {
      throw refuse(`${operation} drew random numbers`, RANDOM_REMEDY, this.executeOp);
    }
    if (SHAPE_FROM_VALUES.test(operation)) {
      throw new NotExpressible(`the shape of ${operation}'s result depends on values`);
    }
  }
}

export const READ_REMEDY = 'The value would be frozen into the graph: return it as a fetch instead.';
export const RANDOM_REMEDY =
  "The numbers would be frozen into the graph: draw them outside and pass them as a feed, or use TensorFlow's stateless random operations.";

function refuseOutsideTensor(shape: readonly number[] | undefined, entry: (...inputs: never[]) => unknown): Error {
  const which = shape === undefined ? 'A tensor' : `A tensor of shape [${shape}]`;
  return refuse(
    `${which} made outside the step was used`,
    'Pass it as state or as a feed, or make it inside the step.',
    entry,
  );
}
