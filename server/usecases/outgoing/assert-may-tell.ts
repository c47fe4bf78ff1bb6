import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { RefusedAddress } from "../../net/guarded-address.ts";

/** Throws `bad_request` for an address that must not be told anything: inside a private network, or not encrypted. */
export async function assertMayTell({ outside, config }: Pick<Deps, "outside" | "config">, url: string): Promise<void> {
  const checked = await outside.check(url).catch((error: unknown) => {
    if (error instanceof RefusedAddress) throw refused(error.message);
    throw error;
  });
  if (checked.protocol !== "https:" && !config.demo) throw refused("The address must begin with https://.");
}

function refused(message: string): DomainError {
  return new DomainError("bad_request", message, { url: message });
}
