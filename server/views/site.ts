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

/** The site as its pages see it, and the origins those pages may have. */
export async function readWidgetConfig(
  { db, presence }: { db: Db; presence: Presence },
  siteKey: string,
): Promise<{ config: WidgetConfig; origins: readonly string[] }> {
  const row = await getSiteByKey(db, siteKey);
  const config = {
    siteKey: row.key,
    name: row.name,
    accent: row.accent,
    greeting: row.greeting,
    ask: AskFields.parse(row.ask),
    agentsOnline: presence.agentsOnline(row.id),
  };
  return { config, origins: row.origins };
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
