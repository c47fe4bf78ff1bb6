import type { DbOrTx } from "../../db/client.ts";
import { listSites } from "../../db/queries/site.ts";
import { DomainError } from "../../domain/domain-error.ts";

export async function assertSitesExist(db: DbOrTx, siteIds: readonly string[]): Promise<void> {
  const found = siteIds.length === 0 ? [] : await listSites(db, siteIds);
  if (found.length === new Set(siteIds).size) return;
  throw new DomainError("bad_request", "One of the sites does not exist.", { siteIds: "Choose them again." });
}
