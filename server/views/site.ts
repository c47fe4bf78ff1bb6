import { AskFields, type Site, type WidgetConfig } from "@rolodesk/shared/site";
import type { UserActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import { findSiteByKey, listSites, type SiteRow } from "../db/queries/site.ts";
import { notFound } from "../domain/domain-error.ts";
import type { Presence } from "../presence.ts";

export async function readSites(db: Db, actor: UserActor): Promise<Site[]> {
  return (await listSites(db, actor.siteIds)).map(toSite);
}

export function toSite(row: SiteRow): Site {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    accent: row.accent,
    greeting: row.greeting,
    origins: row.origins,
    defaultCountry: row.defaultCountry,
    ask: AskFields.parse(row.ask),
    idleMinutes: row.idleMinutes,
    hasIdentitySecret: row.identitySecret !== null,
    createdAt: row.createdAt.toISOString(),
  };
}

export async function readWidgetConfig(
  { db, presence }: { db: Db; presence: Presence },
  siteKey: string,
): Promise<WidgetConfig> {
  const row = await getSiteByKey(db, siteKey);
  return {
    siteKey: row.key,
    name: row.name,
    accent: row.accent,
    greeting: row.greeting,
    ask: AskFields.parse(row.ask),
    agentsOnline: presence.agentsOnline(row.id),
  };
}

/** Origins a page may have that shows this site's widget. */
export async function readSiteOrigins(db: Db, siteKey: string): Promise<string[]> {
  return (await getSiteByKey(db, siteKey)).origins;
}

async function getSiteByKey(db: Db, siteKey: string): Promise<SiteRow> {
  const row = await findSiteByKey(db, siteKey);
  if (!row) throw notFound("site");
  return row;
}
