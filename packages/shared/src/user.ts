import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { EMAIL_MAX_CHARS, NAME_MAX_CHARS, ROLES } from "./vocabulary.ts";

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(EMAIL_MAX_CHARS)
  .pipe(z.email("Write an email address such as ana@example.com."));

export const Password = z.string().min(12, "Use at least 12 characters.").max(200, "Use at most 200 characters.");

export const User = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  /** Sites this agent serves; empty: all, also later ones. */
  siteIds: z.array(Id),
  active: z.boolean(),
  online: z.boolean(),
  createdAt: Instant,
});
export type User = z.infer<typeof User>;

export const Me = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  demo: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const NewUser = z.strictObject({
  name: z.string().trim().min(1, "Write a name.").max(NAME_MAX_CHARS),
  email: Email,
  role: z.enum(ROLES),
  siteIds: z.array(Id).max(100).default([]),
});
export type NewUser = z.infer<typeof NewUser>;

export const UserChange = z.strictObject({
  name: NewUser.shape.name.optional(),
  role: z.enum(ROLES).optional(),
  siteIds: z.array(Id).max(100).optional(),
  active: z.boolean().optional(),
});
export type UserChange = z.infer<typeof UserChange>;

/** The first admin, made once while no user exists. */
export const Setup = z.strictObject({ name: NewUser.shape.name, email: Email, password: Password });
export type Setup = z.infer<typeof Setup>;

/** Whether the first admin is still to be made; in a demo also the accounts one may try. */
export const SetupState = z.object({
  needed: z.boolean(),
  demoLogins: z.array(z.object({ name: z.string(), email: z.string(), password: z.string() })).optional(),
});
export type SetupState = z.infer<typeof SetupState>;

export const Credentials = z.strictObject({ email: Email, password: z.string().max(200) });
export type Credentials = z.infer<typeof Credentials>;

export const PasswordChange = z.strictObject({ current: z.string().max(200), next: Password });
export type PasswordChange = z.infer<typeof PasswordChange>;

export const PasswordReset = z.strictObject({ token: z.string().max(100), password: Password });
export type PasswordReset = z.infer<typeof PasswordReset>;
