import { z } from "zod";
import { Instant } from "./ids.ts";
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
});
export type NewUser = z.infer<typeof NewUser>;

export const UserChange = z.strictObject({
  name: NewUser.shape.name.optional(),
  role: z.enum(ROLES).optional(),
  active: z.boolean().optional(),
});
export type UserChange = z.infer<typeof UserChange>;

/** The first admin, made once while no user exists. */
export const Setup = z.strictObject({ name: NewUser.shape.name, email: Email, password: Password });
export type Setup = z.infer<typeof Setup>;
