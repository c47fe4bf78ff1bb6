import type { ApiKey } from "@rolodesk/shared/api-key";
import type { DbOrTx } from "../db/client.ts";
import { findListedApiKey, type ListedApiKey, listApiKeys } from "../db/queries/api-key.ts";
import { notFound } from "../domain/domain-error.ts";

export async function viewApiKeys(db: DbOrTx, now: Date): Promise<ApiKey[]> {
  return (await listApiKeys(db)).map((listed) => toApiKey(listed, now));
}

export async function viewApiKey(db: DbOrTx, id: string, now: Date): Promise<ApiKey> {
  const listed = await findListedApiKey(db, id);
  if (!listed) throw notFound("API key");
  return toApiKey(listed, now);
}

function toApiKey(listed: ListedApiKey, now: Date): ApiKey {
  const { key, maker } = listed;
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    scopes: key.scopes,
    siteIds: key.siteIds ?? [],
    createdByName: maker.name,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    state: stateOf(listed, now),
  };
}

function stateOf({ key, maker }: ListedApiKey, now: Date): ApiKey["state"] {
  if (key.revokedAt !== null) return "revoked";
  if (key.expiresAt !== null && key.expiresAt <= now) return "expired";
  return maker.banned || maker.role !== "admin" ? "idle" : "active";
}
