import type { NetworkConfig } from './schema.ts';

/** How large a network is and what one example costs it, from the config alone. */
export interface NetworkSize {
  /** Trainable numbers: kernels, biases, and scales and shifts of batch norm. */
  readonly parameters: number;
  /**
   * Multiplications with an addition in one forward pass of one example: those of matrix products and convolutions, at
   * the edges as if they had no edge. Batch norm, activations and pooling are left out, as is usual.
   */
  readonly multiplyAdds: number;
}

/** One layer with weights, and what it gives for an example. */
export interface NetworkLayer extends NetworkSize {
  /** Numbers in its result, before pooling. */
  readonly results: number;
}

/** Size for examples of this shape ([1], [length, channels] or [height, width, channels]) and so many outputs. */
export function networkSize(model: NetworkConfig, exampleShape: readonly number[], outputs: number): NetworkSize {
  const layers = networkLayers(model, exampleShape, outputs);
  return {
    parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
    multiplyAdds: layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
  };
}

/** The layers with weights, from the first to the head. */
export function networkLayers(
  model: NetworkConfig,
  exampleShape: readonly number[],
  outputs: number,
): readonly NetworkLayer[] {
  switch (model.kind) {
    case 'mlp':
      return denseLayers([product(exampleShape), ...model.hidden, outputs]);
    case 'conv4':
      return conv4Layers(model, exampleShape, outputs);
    case 'resnet12':
      return resnet12Layers(model.widths, exampleShape, outputs);
    case 'cnn1d':
      return cnn1dLayers(model, exampleShape, outputs);
  }
}

/** Numbers in the largest activation of a pass, per example: a measure of the memory that it takes. */
export function largestActivation(model: NetworkConfig, exampleShape: readonly number[], outputs: number): number {
  const [first, ...later] = networkLayers(model, exampleShape, outputs);
  switch (model.kind) {
    case 'conv4':
      return first!.results;
    case 'resnet12':
      return 4 * first!.results; // a block's four convolutions are needed at once
    case 'mlp':
    case 'cnn1d':
      return Math.max(product(exampleShape), first!.results, ...later.map(({ results }) => results));
  }
}

/** [length, channels] of an example that is read as a signal: an image is the sequence of its rows. */
export function signalShape(exampleShape: readonly number[]): readonly [length: number, channels: number] {
  return [exampleShape[0]!, product(exampleShape.slice(1))];
}

type Of<Kind extends NetworkConfig['kind']> = Extract<NetworkConfig, { readonly kind: Kind }>;

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

const denseLayers = (widths: readonly number[]): NetworkLayer[] =>
  widths.slice(1).map((width, i) => ({
    parameters: (widths[i]! + 1) * width,
    multiplyAdds: widths[i]! * width,
    results: width,
  }));

/** A convolution without bias, and its batch norm. `window`: places a filter sees; `places`: where it is put down. */
function normedConvolution(window: number, inputs: number, filters: number, places: number): NetworkLayer {
  const weights = window * inputs * filters;
  return { parameters: weights + 2 * filters, multiplyAdds: weights * places, results: filters * places };
}

function conv4Layers({ filters, downsampling }: Of<'conv4'>, exampleShape: readonly number[], outputs: number) {
  let [height, width, channels] = exampleShape as [number, number, number];
  const layers: NetworkLayer[] = [];
  for (let block = 0; block < 4; block++) {
    const [rows, columns] = [height, width];
    height = downsampling === 'stride' ? Math.ceil(rows / 2) : Math.floor(rows / 2);
    width = downsampling === 'stride' ? Math.ceil(columns / 2) : Math.floor(columns / 2);
    const places = downsampling === 'stride' ? height * width : rows * columns;
    layers.push(normedConvolution(9, channels, filters, places));
    channels = filters;
  }
  const features = downsampling === 'stride' ? filters : filters * height * width;
  return [...layers, ...denseLayers([features, outputs])];
}

function resnet12Layers(widths: readonly number[], exampleShape: readonly number[], outputs: number): NetworkLayer[] {
  let [height, width, channels] = exampleShape as [number, number, number];
  const layers: NetworkLayer[] = [];
  for (const filters of widths) {
    const places = height * width; // pooled only at the block's end
    layers.push(
      normedConvolution(9, channels, filters, places),
      normedConvolution(9, filters, filters, places),
      normedConvolution(9, filters, filters, places),
      normedConvolution(1, channels, filters, places),
    );
    [height, width, channels] = [Math.floor(height / 2), Math.floor(width / 2), filters];
  }
  return [...layers, ...denseLayers([channels, outputs])];
}

function cnn1dLayers({ blocks, filters, filterLength }: Of<'cnn1d'>, exampleShape: readonly number[], outputs: number) {
  let [length, channels] = signalShape(exampleShape) as [number, number];
  const layers: NetworkLayer[] = [];
  for (let block = 0; block < blocks; block++) {
    length = Math.ceil(length / 2);
    layers.push(normedConvolution(filterLength, channels, filters, length));
    channels = filters;
  }
  return [...layers, ...denseLayers([filters, outputs])];
}
