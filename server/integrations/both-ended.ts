/**
 * Two calls side by side. When one fails the other has ended too before the caller hears of it, so that nobody is asked
 * anything after a work is over.
 */
export async function bothEnded<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
  await Promise.allSettled([one, other]);
  return await Promise.all([one, other]);
}
