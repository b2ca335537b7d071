/** Samples of one channel as the WAV file that they would be read from. */
export function wavOf(samples: Int16Array, rate: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(44 + 2 * samples.length);
  const view = new DataView(file.buffer);
  const letters = (at: number, text: string): void => file.set(new TextEncoder().encode(text), at);
  letters(0, 'RIFF');
  view.setUint32(4, file.length - 8, true);
  letters(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // whole numbers
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  letters(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  for (const [index, sample] of samples.entries()) view.setInt16(44 + 2 * index, sample, true);
  return file;
}
