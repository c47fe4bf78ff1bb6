import { Connection, CrmField, ProviderForm } from "@rolodesk/shared/connection";
import { Instant } from "@rolodesk/shared/ids";
import { Site } from "@rolodesk/shared/site";
import { User } from "@rolodesk/shared/user";
import { z } from "zod";

export const UserList = z.object({ users: z.array(User) });
/** The link lets its owner choose a password. It works once. */
export const ResetLink = z.object({ resetLink: z.string() });
export const InvitedUser = z.object({ user: User, resetLink: z.string() });
export const SiteList = z.object({ sites: z.array(Site), publicUrl: z.string() });
/** Shown this once. */
export const IdentitySecret = z.object({ secret: z.string() });
export const ProviderList = z.object({ providers: z.array(ProviderForm) });
export const ConnectionList = z.object({ connections: z.array(Connection) });
export const CrmFieldList = z.object({ fields: z.array(CrmField), fetchedAt: Instant });
