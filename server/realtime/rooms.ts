/** The server alone decides who is in which. */
export const rooms = {
  visitor: (visitorId: string) => `visitor:${visitorId}`,
  /** Visitors, or agents, of a site. */
  site: (siteId: string) => `site:${siteId}`,
  /** Agents who serve all sites, also later ones. */
  everySite: "every-site",
  everyone: "everyone",
  user: (userId: string) => `user:${userId}`,
  session: (sessionId: string) => `session:${sessionId}`,
  /** Agents who look at a conversation. */
  watching: (conversationId: string) => `watching:${conversationId}`,
  /** Agents who look at a conversation of this visitor. */
  watchingVisitor: (visitorId: string) => `watching-visitor:${visitorId}`,
} as const;

const SITE_PREFIX = rooms.site("");

/** The site of a room, where it is one of a site. */
export function siteOfRoom(room: string): string | undefined {
  return room.startsWith(SITE_PREFIX) ? room.slice(SITE_PREFIX.length) : undefined;
}
