const AT_ONCE = 4;

/** Does `work` for each item, a few at a time: the database has others to serve. Results stand where their items stood. */
export async function fewAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  async function one(): Promise<void> {
    for (const [at, item] of waiting) results[at] = await work(item);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return results;
}
