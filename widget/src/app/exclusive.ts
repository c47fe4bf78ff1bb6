const tails = new Map<string, Promise<unknown>>();

/**
 * Runs `work` when no other work of that name runs, in any tab of this visitor. Where the browser has no Web Locks
 * (pages without TLS) or denies them (frames without storage) the order holds inside this tab; client ids keep a
 * doubled send harmless there.
 */
export function exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
  const run = (tails.get(name) ?? Promise.resolve()).then(
    () => underLock(name, work),
    () => underLock(name, work),
  );
  tails.set(name, run);
  return run;
}

async function underLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  let isHeld = false;
  const hold = () => {
    isHeld = true;
    return work();
  };
  try {
    return await navigator.locks.request(name, hold);
  } catch (error) {
    if (isHeld) throw error;
    return work();
  }
}
