/**
 * Area under the ROC curve: the probability that a positive example scores above a negative one, ties counting half
 * (Mann and Whitney 1947, by ranks); null where there is no positive or no negative example.
 */
export function areaUnderRoc(scores: ArrayLike<number>, isPositive: readonly boolean[]): number | null {
  const positives = isPositive.filter((positive) => positive).length;
  const negatives = isPositive.length - positives;
  if (positives === 0 || negatives === 0) return null;
  const order = isPositive.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let rankSum = 0;
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && scores[order[end]!] === scores[order[first]!]) end++;
    const rank = (first + 1 + end) / 2; // ranks count from 1; equal scores share the mean of theirs
    for (let place = first; place < end; place++) if (isPositive[order[place]!]) rankSum += rank;
    first = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
