/** Who holds a socket to this process at the moment. Kept in memory only: after a restart everybody reconnects. */
export interface Presence {
  /** Agents who serve the site: those of all sites included. */
  agentsOnline(siteId: string): boolean;
  onlineUserIds(): string[];
  visitorOnline(visitorId: string): boolean;
  agentCame(agent: PresentAgent): void;
  agentWent(agent: PresentAgent): void;
  /** True when it is this visitor's first socket. */
  visitorCame(visitorId: string): boolean;
  /** True when it was this visitor's last socket. */
  visitorWent(visitorId: string): boolean;
}

export interface PresentAgent {
  readonly userId: string;
  /** null: every site. */
  readonly siteIds: readonly string[] | null;
}

const EVERY_SITE = "*";

export function createPresence(): Presence {
  const users = createCounts();
  const sites = createCounts();
  const visitors = createCounts();
  return {
    agentsOnline: (siteId) => sites.has(siteId) || sites.has(EVERY_SITE),
    onlineUserIds: () => users.keys(),
    visitorOnline: (visitorId) => visitors.has(visitorId),
    agentCame({ userId, siteIds }) {
      users.add(userId);
      for (const siteId of siteIds ?? [EVERY_SITE]) sites.add(siteId);
    },
    agentWent({ userId, siteIds }) {
      users.remove(userId);
      for (const siteId of siteIds ?? [EVERY_SITE]) sites.remove(siteId);
    },
    visitorCame: (visitorId) => visitors.add(visitorId) === 1,
    visitorWent: (visitorId) => visitors.remove(visitorId) === 0,
  };
}

function createCounts() {
  const counts = new Map<string, number>();
  function change(key: string, by: number): number {
    const count = (counts.get(key) ?? 0) + by;
    if (count > 0) counts.set(key, count);
    else counts.delete(key);
    return count;
  }
  return {
    add: (key: string) => change(key, 1),
    remove: (key: string) => change(key, -1),
    has: (key: string) => counts.has(key),
    keys: () => [...counts.keys()],
  };
}
