import { ConnectorError } from "../domain/connector-error.ts";

/** Does something to a record; one that is gone is nothing to fail for. */
export async function unlessGone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.code !== "not_found") throw error;
  }
}
