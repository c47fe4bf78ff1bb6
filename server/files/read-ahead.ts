/** The same, the next one being made while its reader is busy with the one before; never more than one. */
export async function* readAhead<T>(source: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let next = begun(source);
  try {
    for (;;) {
      const result = await next;
      if (result.done) return;
      next = begun(source);
      yield result.value;
    }
  } finally {
    await source.return();
  }
}

/** Its failure is met by who waits for it, which may be later than Node allows a failure to be nobody's. */
function begun<T>(source: AsyncGenerator<T, void>): Promise<IteratorResult<T, void>> {
  const next = source.next();
  next.catch(() => undefined);
  return next;
}
