import { signal } from "@preact/signals";
import type { Me } from "@rolodesk/shared/user";
import { ApiFailure, onSignedOut } from "./api.ts";
import { endSession, readMe } from "./endpoints/account.ts";
import { goLive, leaveLive } from "./live.ts";

type Session =
  | { state: "unknown" }
  | { state: "unreachable"; message: string }
  | { state: "out" }
  | { state: "in"; me: Me };

export const session = signal<Session>({ state: "unknown" });

/** The signed-in user; only screens behind the sign-in may ask. */
export function currentUser(): Me {
  if (session.value.state !== "in") throw new Error("nobody is signed in");
  return session.value.me;
}

let lastUserId: string | null = null;

/** Somebody else on the same page begins anew: nothing read for, or written by, the one before stays in memory. */
export function enter(me: Me): void {
  if (lastUserId !== null && lastUserId !== me.id) {
    window.sessionStorage.clear();
    window.location.reload();
    return;
  }
  lastUserId = me.id;
  session.value = { state: "in", me };
  void goLive(isSignedIn);
}

/** Asks the server; one that cannot be reached has not signed anybody out. A changed role takes effect. */
async function isSignedIn(): Promise<boolean> {
  try {
    session.value = { state: "in", me: await readMe() };
    return true;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return error.status !== 401;
  }
}

export function leave(): void {
  leaveLive();
  session.value = { state: "out" };
}

export async function loadSession(): Promise<void> {
  try {
    enter(await readMe());
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (error.status === 401) leave();
    else session.value = { state: "unreachable", message: error.message };
  }
}

export async function signOut(): Promise<void> {
  await endSession();
  window.sessionStorage.clear();
  leave();
}

onSignedOut(leave);
