/**
 * Names of operations' outputs, from TensorFlow 2.21's operation definitions. Inside a function a value is named by
 * node, output and place in that output (`conv:output:0`), where a graph counts (`conv:0`).
 */

/** Output name -> the operations that have one output of this name. All operations not listed call it `output`. */
const SINGLE_OUTPUTS: Readonly<Record<string, string>> = {
  y: `Abs Acos Acosh Asin Asinh Atan Atanh Cast Ceil ComplexAbs Cos Cosh DeepCopy Erf Exp Expm1 Floor InplaceUpdate
    IsFinite IsInf IsNan Lgamma Log Log1p LogicalNot Neg OnesLike Reciprocal Round Rsqrt Sigmoid Sign Sin Sinh Sqrt
    Square Tan Tanh Transpose ZerosLike`,
  z: `Add AddV2 Atan2 Div DivNoNan Equal FloorDiv FloorMod Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr
    Maximum Minimum Mul NotEqual Pow RealDiv RsqrtGrad SigmoidGrad SqrtGrad SquaredDifference Sub TanhGrad`,
  activations: 'Elu LeakyRelu Relu Relu6 Selu Softplus',
  backprops: 'EluGrad Relu6Grad ReluGrad',
  out: 'Complex Cumprod Cumsum',
  product: 'MatMul',
  value: 'ReadVariableOp',
  sum: 'AddN',
  bins: 'Bincount',
  r0: 'BroadcastArgs',
  crops: 'CropAndResize',
  dense: 'SparseToDense',
  softmax: 'Softmax',
  logsoftmax: 'LogSoftmax',
  alg: 'StatelessRandomGetAlg',
  resized_images: 'ResizeBilinear ResizeNearestNeighbor',
  filter_backprop: 'Dilation2DBackpropFilter',
  in_backprop: 'Dilation2DBackpropInput',
};

const SEVERAL_OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  TopKV2: ['values', 'indices'],
  StatelessRandomGetKeyCounter: ['key', 'counter'],
  SoftmaxCrossEntropyWithLogits: ['loss', 'backprop'],
  SparseSoftmaxCrossEntropyWithLogits: ['loss', 'backprop'],
  FusedBatchNorm: ['y', 'batch_mean', 'batch_variance', 'reserve_space_1', 'reserve_space_2'],
};

const nameByOperation = new Map(
  Object.entries(SINGLE_OUTPUTS).flatMap(([name, operations]) =>
    operations.split(/\s+/).map((operation) => [operation, name] as const),
  ),
);

/** `name:place` of an operation's output; operations with a list of outputs (Unpack, SplitV) count inside it. */
export function outputReference(operation: string, index: number): string {
  const several = SEVERAL_OUTPUTS[operation];
  return several === undefined ? `${nameByOperation.get(operation) ?? 'output'}:${index}` : `${several[index]}:0`;
}
