import type { RecordRef } from "../domain/connector.ts";

/** Somebody a CRM itself vouches for while they are signed in there: the customer of a store. */
export interface VouchedVisitor {
  /** The same whenever and wherever this customer of this account signs in, and nobody else's. */
  readonly subject: string;
  readonly email: string;
  readonly record: RecordRef;
  /** Epoch ms. */
  readonly expiresAt: number;
}
