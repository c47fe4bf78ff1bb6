/**
 * Answers whoever started this process with the bytes it holds after a collection, objects and buffers, when asked. Not
 * with its resident memory: a server that did more at its start has room left over in that, and seems to need none.
 */
export function tellMemory(): void {
  process.on("message", () => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    process.send?.({ held: heapUsed + external });
  });
}
