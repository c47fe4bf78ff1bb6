import type { ApiScope } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import { type ApiKeyRow, findApiKeyByHash, noteApiKeyUse } from "../../db/queries/api-key.ts";
import { findActor } from "../../db/queries/session.ts";
import type { Deps } from "../../deps.ts";
import { hashApiKey } from "./api-key-secret.ts";

export interface KeyHolder {
  readonly keyId: string;
  readonly actor: UserActor;
  readonly scopes: readonly ApiScope[];
}

const USE_NOTED_EVERY_MS = 60_000;

/** Whoever holds this key; null when it is unknown, revoked or expired, or its maker is deactivated. */
export async function authenticateApiKey(deps: Deps, secret: string): Promise<KeyHolder | null> {
  const hash = hashApiKey(secret);
  const row = hash ? await findApiKeyByHash(deps.db, hash) : undefined;
  const now = deps.now();
  if (!row || row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= now)) return null;
  const maker = await findActor(deps.db, row.createdBy);
  if (!maker) return null;
  await noteApiKeyUse(deps.db, row.id, now, new Date(now.getTime() - USE_NOTED_EVERY_MS));
  return { keyId: row.id, actor: narrow(maker, row), scopes: row.scopes };
}

/** A key may do no more than its maker may now, and an admin's key is an agent unless it is for the settings. */
function narrow(maker: UserActor, { id, name, scopes, siteIds }: ApiKeyRow): UserActor {
  const role = maker.role === "admin" && scopes.includes("admin") ? "admin" : "agent";
  return { ...maker, role, siteIds: bothSites(maker.siteIds, siteIds), apiKey: { id, name } };
}

/** null: all sites. */
function bothSites(one: readonly string[] | null, other: readonly string[] | null): readonly string[] | null {
  if (one === null) return other;
  return other === null ? one : one.filter((id) => other.includes(id));
}
