import type { ConnectionRow } from "../../db/queries/connection.ts";
import type { AccountInfo } from "../../domain/connector.ts";
import { DomainError } from "../../domain/domain-error.ts";

/** The links of a connection lead into one account: it is not pointed at another. */
export function assertSameAccount(row: ConnectionRow, account: AccountInfo): void {
  if (account.accountId === row.accountId) return;
  throw new DomainError(
    "conflict",
    `This is another account (${account.accountName}). The contacts linked through this connection are in ` +
      `${row.accountName}: connect the other account as a connection of its own.`,
  );
}
