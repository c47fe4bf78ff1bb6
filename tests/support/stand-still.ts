import { onTestFinished, vi } from "vitest";

/** Until the test is over no time passes for rate limits, so that how many are refused does not depend on how fast this machine is. */
export function standStill(): void {
  const stopped = vi.spyOn(performance, "now").mockReturnValue(performance.now());
  onTestFinished(() => stopped.mockRestore());
}
