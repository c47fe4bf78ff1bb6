import { createHash } from "node:crypto";
import type { Provider } from "@rolodesk/shared/vocabulary";
import { z } from "zod";
import type { PendingAuthorizationRow } from "../../db/queries/authorization.ts";
import type { Config, Deps } from "../../deps.ts";

const Inputs = z.record(z.string(), z.string());

/** What is kept while an admin is in the vendor's pages. */
const PendingEntry = z.object({
  name: z.string(),
  settings: Inputs,
  credentials: Inputs,
  siteIds: z.array(z.string()),
  verifier: z.string(),
});
export type PendingEntry = z.infer<typeof PendingEntry>;

export function sealEntry(deps: Pick<Deps, "secrets">, stateHash: string, entry: PendingEntry): string {
  return deps.secrets.encrypt(JSON.stringify(entry), entryAad(stateHash));
}

export function openEntry(deps: Pick<Deps, "secrets">, { stateHash, sealed }: PendingAuthorizationRow): PendingEntry {
  return PendingEntry.parse(JSON.parse(deps.secrets.decrypt(sealed, entryAad(stateHash))));
}

/** The state itself is only in the admin's browser and at the vendor. */
export function stateHashOf(state: string): string {
  return createHash("sha256").update(state).digest("base64url");
}

/** Where the vendor sends people back to; an admin enters it there, letter by letter. */
export function redirectUriOf({ publicUrl }: Pick<Config, "publicUrl">, provider: Provider): string {
  return `${publicUrl}/oauth/${provider}/callback`;
}

function entryAad(stateHash: string): string {
  return `authorization:${stateHash}`;
}
