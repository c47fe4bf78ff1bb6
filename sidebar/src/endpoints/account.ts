import type { Me, Setup, SetupState } from "@rolodesk/shared/user";
import { request } from "../api.ts";

export type DemoLogin = NonNullable<SetupState["demoLogins"]>[number];

export function readSetup(): Promise<SetupState> {
  return request("GET", "/api/setup");
}

export function createFirstAdmin(setup: Setup): Promise<Me> {
  return request("POST", "/api/setup", setup);
}

export function readMe(): Promise<Me> {
  return request("GET", "/api/me");
}

export function signInWithPassword(input: { email: string; password: string }): Promise<unknown> {
  return request("POST", "/api/auth/sign-in/email", input);
}

export function endSession(): Promise<unknown> {
  return request("POST", "/api/auth/sign-out", {});
}

/** Ends every other session of this user. */
export function changePassword(input: { current: string; next: string }): Promise<void> {
  return request("POST", "/api/me/password", input);
}

export function resetPassword(input: { token: string; password: string }): Promise<void> {
  return request("POST", "/api/password-reset", input);
}
