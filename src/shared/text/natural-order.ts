/**
 * Order of names by their characters (not by the language of the machine), with numbers by value:
 * "character2" before "character10".
 */
export function naturalOrder(a: string, b: string): number {
  const partsA = a.split(/(\d+)/);
  const partsB = b.split(/(\d+)/);
  for (let i = 0; i < Math.min(partsA.length, partsB.length); i++) {
    const [x, y] = [partsA[i]!, partsB[i]!];
    if (x === y) continue;
    const difference = i % 2 === 1 ? byValue(x, y) : 0; // odd parts are the numbers
    if (difference !== 0) return difference;
    return x < y ? -1 : 1;
  }
  return partsA.length - partsB.length;
}

/** Of two runs of digits of any length. */
function byValue(a: string, b: string): number {
  const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  if (x.length !== y.length) return x.length - y.length;
  return x === y ? 0 : x < y ? -1 : 1;
}
