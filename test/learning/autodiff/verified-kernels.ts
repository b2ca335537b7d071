/**
 * Kernels that a network, a loss or an algorithm may use inside an inner loop, each with the case of cases.ts whose
 * Hessian-vector product holds it against numeric differences. A new one needs a case first.
 */
export const verifiedKernels: Readonly<Record<string, string>> = {
  Add: 'conv2d, same, stride 1',
  AddN: 'addN',
  BatchMatMul: 'matMul of a batch, plain by transposed',
  Cast: 'exp',
  Conv2D: 'conv2d, same, stride 1',
  Conv2DBackpropFilter: 'conv2d, same, stride 1',
  Conv2DBackpropInput: 'conv2d, same, stride 1',
  Exp: 'exp',
  ExpandDims: 'expandDims',
  LeakyRelu: 'leakyRelu',
  Log: 'square root, its inverse and the logarithm',
  MaxPool: 'maxPool 2 x 2',
  MaxPoolGrad: 'maxPool 2 x 2',
  Mean: 'mean',
  Multiply: 'batch normalisation by hand',
  Neg: 'square root, its inverse and the logarithm',
  Pow: 'pow',
  RealDiv: 'batch normalisation by hand',
  Relu: 'relu',
  Reshape: 'batch normalisation by hand',
  Rsqrt: 'square root, its inverse and the logarithm',
  Sigmoid: 'sigmoid',
  Slice: 'slice',
  Softplus: 'softplus',
  SplitV: 'split and concat',
  Sqrt: 'square root, its inverse and the logarithm',
  Square: 'expandDims',
  Sub: 'batch normalisation by hand',
  Sum: 'sum',
  Tanh: 'tanh',
  Tile: 'tile of single rows',
  clone: 'exp', // the tape's own: what a gradient has saved
};
