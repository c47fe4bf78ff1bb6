import type { Role } from "@rolodesk/shared/vocabulary";

/** Who does something. Doors make it from a session; usecases trust it. */
export type Actor = UserActor | VisitorActor | SystemActor;

export interface UserActor {
  readonly kind: "user";
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  /** Sites this agent serves; null: all of them. */
  readonly siteIds: readonly string[] | null;
  /** Set when a program does it in this user's name. */
  readonly apiKey?: { readonly id: string; readonly name: string };
}

export interface VisitorActor {
  readonly kind: "visitor";
  readonly visitorId: string;
  readonly siteId: string;
}

/** A job or a timer. `name` appears in the audit trail, e.g. "silence". */
export interface SystemActor {
  readonly kind: "system";
  readonly name: string;
}
