import type { VouchedVisitor } from "../vouched-visitor.ts";
import type { BigCommerceCredentials, BigCommerceSettings } from "./settings.ts";
import { readShopperToken } from "./shopper-token.ts";

interface ShopperTokenInput {
  readonly settings: BigCommerceSettings;
  readonly credentials: BigCommerceCredentials;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The customer whom the store's Current Customer token names; null where it does not hold, or no app is entered. */
export function vouchedShopper(
  token: string,
  { settings: { storeHash }, credentials: { appClientId, appClientSecret }, now }: ShopperTokenInput,
): VouchedVisitor | null {
  if (!appClientId || !appClientSecret) return null;
  const rules = { clientId: appClientId, clientSecret: appClientSecret, storeHash };
  const read = readShopperToken(token, rules, now());
  if (read.kind === "refused") return null;
  const { customerId, email, expiresAt } = read;
  return {
    subject: `bigcommerce:${storeHash}:${customerId}`,
    email,
    record: { object: "customer", externalId: customerId },
    expiresAt,
  };
}
