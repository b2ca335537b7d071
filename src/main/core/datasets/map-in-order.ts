/**
 * Runs `work` on items, at most `width` at a time, and gives the results in the items' order.
 * When the consumer stops or a piece of work fails, what is under way is waited for, and nothing new starts.
 */
export async function* mapInOrder<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, void> {
  const underWay: Promise<Result>[] = [];
  try {
    for (let next = 0; next < items.length || underWay.length > 0; ) {
      while (next < items.length && underWay.length < width) {
        const started = work(items[next++]!);
        started.catch(() => undefined); // it is awaited below, perhaps only after another one failed
        underWay.push(started);
      }
      yield await underWay.shift()!;
    }
  } finally {
    await Promise.allSettled(underWay);
  }
}
