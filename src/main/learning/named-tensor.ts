/** A float32 tensor on the host with its name: what checkpoints store. Names are paths such as `conv1/kernel`. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}
