import { vi } from "vitest";

/** Waits until an assertion holds; fails with what it last said. For what a page shows. */
export async function until(holds: () => void): Promise<void> {
  await vi.waitFor(holds, { timeout: 60_000, interval: 20 });
}
