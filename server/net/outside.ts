import { type AddressGuardOptions, assertPublicHttpUrl, isPublicAddress } from "./guarded-address.ts";
import { createGuardedFetch, type GuardedFetch } from "./guarded-fetch.ts";

/** Calls to addresses that people enter. */
export interface Outside {
  readonly fetch: GuardedFetch;
  /** Throws `RefusedAddress` for an address that will never be called. */
  check(address: string): Promise<URL>;
}

export function createOutside(options: AddressGuardOptions = {}): Outside {
  return { fetch: createGuardedFetch(options), check: (address) => assertPublicHttpUrl(address, options) };
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const EVERY_PORT = Array.from({ length: 65_535 }, (_, index) => index + 1);

/** For demos and tests: this computer's own addresses too, at any port. */
export const WITH_LOOPBACK: AddressGuardOptions = {
  ports: EVERY_PORT,
  mayReach: (address) => LOOPBACK.test(address) || isPublicAddress(address),
};
