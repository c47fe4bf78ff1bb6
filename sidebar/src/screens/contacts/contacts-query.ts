import type { ContactFilter } from "@rolodesk/shared/contact";
import { CONTACT_SOURCES } from "@rolodesk/shared/vocabulary";

/** What the directory's address asks for: `?q=ana&tag=vip&link=unlinked&active=30`. */
export interface DirectoryFilter {
  search: string;
  tag: string;
  /** A connection's id is "linked there". */
  link: string;
  doNotContact: "" | "any" | "none";
  source: "" | (typeof CONTACT_SOURCES)[number];
  activity: Activity;
}

export const ACTIVITIES = ["", "active-1", "active-7", "active-30", "silent-30", "silent-90", "silent-365"] as const;
export type Activity = (typeof ACTIVITIES)[number];

const LINK_STATES = ["linked", "unlinked", "conflict"] as const;

export function readDirectoryFilter(query: URLSearchParams): DirectoryFilter {
  const doNotContact = query.get("dnc");
  return {
    search: query.get("q") ?? "",
    tag: query.get("tag") ?? "",
    link: query.get("link") ?? "",
    doNotContact: doNotContact === "any" || doNotContact === "none" ? doNotContact : "",
    source: CONTACT_SOURCES.find((known) => known === query.get("source")) ?? "",
    activity: ACTIVITIES.find((known) => known === query.get("activity")) ?? "",
  };
}

/** The address's search part; what is not asked is left out. */
export function directorySearchOf({ search, doNotContact, ...rest }: DirectoryFilter): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ q: search, ...rest, dnc: doNotContact })) {
    if (value !== "") params.set(name, value);
  }
  return params.size === 0 ? "" : `?${params}`;
}

/** What is asked of the server. */
export function toContactFilter({ search, tag, link, doNotContact, source, activity }: DirectoryFilter): ContactFilter {
  const state = LINK_STATES.find((known) => known === link);
  const [kind, days] = activity.split("-");
  return {
    ...(search === "" ? {} : { search }),
    ...(tag === "" ? {} : { tag }),
    ...(state ? { link: state } : link === "" ? {} : { connection: link }),
    ...(doNotContact === "" ? {} : { doNotContact }),
    ...(source === "" ? {} : { source }),
    ...(kind === "active" ? { activeDays: Number(days) } : {}),
    ...(kind === "silent" ? { silentDays: Number(days) } : {}),
  };
}

/** A saved filter as the page shows it. */
export function fromContactFilter(filter: ContactFilter): DirectoryFilter {
  const { activeDays, silentDays } = filter;
  const activity = activeDays ? `active-${activeDays}` : silentDays ? `silent-${silentDays}` : "";
  return {
    search: filter.search ?? "",
    tag: filter.tag ?? "",
    link: filter.link ?? filter.connection ?? "",
    doNotContact: filter.doNotContact ?? "",
    source: filter.source ?? "",
    activity: ACTIVITIES.find((known) => known === activity) ?? "",
  };
}
