/**
 * Heights of labels that want to stand at `wanted` but must not overlap: each is moved as little as its neighbours
 * allow, and all stay within [top, bottom].
 */
export function spreadLabels(wanted: readonly number[], height: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  const placed = new Array<number>(wanted.length);
  let least = top;
  for (const index of order) {
    placed[index] = Math.max(wanted[index]!, least);
    least = placed[index]! + height;
  }
  let most = bottom;
  for (const index of [...order].reverse()) {
    placed[index] = Math.min(placed[index]!, most);
    most = placed[index]! - height;
  }
  return placed;
}
