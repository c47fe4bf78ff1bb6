import { z } from "zod";
import { ConnectionChange, NewConnection } from "./connection.ts";

/** What an admin enters before the vendor's page opens; the credentials are those of the app made at the vendor. */
export const NewAuthorization = NewConnection;
export type NewAuthorization = z.infer<typeof NewAuthorization>;

/** Authorizing a connection again. What is left out is as it was stored. */
export const ReAuthorization = ConnectionChange.pick({ settings: true, credentials: true });
export type ReAuthorization = z.infer<typeof ReAuthorization>;

/** The vendor's page, on which somebody agrees within ten minutes and in this browser. */
export const AuthorizationStart = z.object({ url: z.url() });
export type AuthorizationStart = z.infer<typeof AuthorizationStart>;
