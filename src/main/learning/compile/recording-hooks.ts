/** Puts tfjs into recording: operations go to the symbolic binding, host reads and JavaScript's randomness are refused. */

import * as tf from '@tensorflow/tfjs-core';
import { replace } from './engine-hooks.ts';
import type { NativeBackend } from './native.ts';
import { refuse } from './refusal.ts';
import { RANDOM_REMEDY, READ_REMEDY, SymbolicBinding } from './symbolic-binding.ts';

/** tfjs operations that draw their numbers in JavaScript, by the names of their scopes. */
const RANDOM_IN_JAVASCRIPT =
  /^(multinomial|rand|randomGamma|randomNormal|randomStandardNormal|randomUniform|randomUniformInt|truncatedNormal)__op$/;

export class RecordingHooks {
  readonly binding: SymbolicBinding;
  private readonly backend: NativeBackend;
  /** Host values that the step itself handed to tfjs. */
  private readonly stepValues = new WeakSet<object>();
  private readonly restores: (() => void)[] = [];
  private refusedRead: Error | undefined;

  constructor(backend: NativeBackend) {
    this.backend = backend;
    this.binding = new SymbolicBinding(backend.binding, (values) => this.stepValues.has(values));
  }

  install(): void {
    const { backend } = this;
    const engine = tf.engine();
    const { write } = backend;
    const { startScope } = engine;
    const noteValues: NativeBackend['write'] = (values, shape, dtype) => {
      this.stepValues.add(values);
      return write.call(backend, values, shape, dtype);
    };
    const readSync = (dataId: object) => this.knownValues(dataId) ?? this.throwRefusedRead(dataId, readSync);
    const read = (dataId: object) => this.readLater(dataId, read);
    const refuseRandom: typeof startScope = (name) => {
      if (name !== undefined && RANDOM_IN_JAVASCRIPT.test(name)) {
        throw refuse(`tf.${calledOperation(name)} drew random numbers in JavaScript`, RANDOM_REMEDY, refuseRandom);
      }
      startScope.call(engine, name);
    };
    this.restores.push(
      replace(backend, 'binding', this.binding.asBinding()),
      replace(backend, 'write', noteValues),
      // Kernels read through the backend, to check indices (GatherV2); without values there is nothing to check.
      replace(backend, 'readSync', (dataId) => this.knownValues(dataId) ?? new Int32Array(0)),
      replace(engine, 'readSync', readSync as typeof engine.readSync),
      replace(engine, 'read', read as typeof engine.read),
      replace(engine, 'startScope', refuseRandom),
    );
  }

  remove(): void {
    while (this.restores.length > 0) {
      this.restores.pop()?.();
    }
    this.binding.dispose();
  }

  /** An asynchronous read cannot throw where it happens: its promise is nobody's to await. */
  throwIfReadWasRefused(): void {
    if (this.refusedRead !== undefined) {
      throw this.refusedRead;
    }
  }

  /** Values that are the same in every step: those of constants. */
  private knownValues(dataId: object): unknown {
    const { id, values } = this.backend.tensorMap.get(dataId);
    return values !== null && this.stepValues.has(values) ? values : this.binding.constantValues(id);
  }

  private throwRefusedRead(dataId: object, entry: (dataId: object) => unknown): never {
    const { shape } = this.backend.tensorMap.get(dataId);
    throw refuse(`A tensor of shape [${shape}] was read on the host`, READ_REMEDY, entry);
  }

  private readLater(dataId: object, entry: (dataId: object) => unknown): Promise<unknown> {
    const values = this.knownValues(dataId);
    if (values !== undefined) {
      return Promise.resolve(values);
    }
    try {
      return this.throwRefusedRead(dataId, entry);
    } catch (refusal) {
      this.refusedRead ??= refusal as Error;
      return new Promise(() => undefined);
    }
  }
}

/** The operation that the step called: tf.dropout, say, although it is tf.randomUniform that draws. */
function calledOperation(drawing: string): string {
  const scopes = tf.engine().state.scopeStack.map((scope) => scope.name);
  return (scopes.find((name) => name === 'dropout__op') ?? drawing).replace(/__op$/, '');
}
