const tails = new Map<string, Promise<unknown>>();

/**
 * Runs `work` when no other work of that name runs, in any tab of this visitor. Where the browser has no Web Locks
 * (pages without TLS) the order holds inside this tab; client ids keep a doubled send harmless there.
 */
export function exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
  const inThisTab = () => (navigator.locks ? navigator.locks.request(name, work) : work());
  const run = (tails.get(name) ?? Promise.resolve()).then(inThisTab, inThisTab) as Promise<T>;
  tails.set(name, run);
  return run;
}
