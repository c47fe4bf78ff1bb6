import type { Area } from "./doors.ts";
import { conversationRoutes } from "./routes/conversations.ts";
import { meRoutes } from "./routes/me.ts";
import { siteRoutes } from "./routes/sites.ts";
import { userRoutes } from "./routes/users.ts";

/** What signed-in users reach, by path. Several areas may share one. */
export const AREAS: readonly { readonly path: `/api/${string}`; readonly area: Area }[] = [
  { path: "/api/me", area: meRoutes },
  { path: "/api/conversations", area: conversationRoutes },
  { path: "/api/users", area: userRoutes },
  { path: "/api/sites", area: siteRoutes },
];
