import { listSealed, replaceSealed, type SealedColumn } from "../../db/queries/sealed.ts";
import type { Deps } from "../../deps.ts";
import { holdGrant } from "../authorizations/fresh-token.ts";
import { grantAad } from "../authorizations/stored-grant.ts";
import { credentialsAad } from "../connections/stored-credentials.ts";
import { endpointAad } from "../outgoing/endpoint-secrets.ts";
import { identityAad } from "../visitors/read-identity-token.ts";
import { ownAad, signingAad } from "../webhooks/webhook-secrets.ts";

type ResealDeps = Pick<Deps, "db" | "locks" | "secrets" | "log">;

interface SealedPlace extends SealedColumn {
  readonly aadOf: (id: string) => string;
  /** Keeps those away who replace what they have read. */
  readonly hold?: (deps: ResealDeps, id: string, work: () => Promise<void>) => Promise<unknown>;
}

/** Every sealed text that is kept for longer than a day. */
const PLACES: readonly SealedPlace[] = [
  { table: "connection", key: "id", column: "credentials", aadOf: credentialsAad },
  { table: "connection", key: "id", column: "webhook_secret", aadOf: ownAad },
  { table: "connection", key: "id", column: "webhook_signing", aadOf: signingAad },
  { table: "connection_grant", key: "connection_id", column: "tokens", aadOf: grantAad, hold: holdGrant },
  { table: "site", key: "id", column: "identity_secret", aadOf: identityAad },
  { table: "webhook_endpoint", key: "id", column: "secret", aadOf: endpointAad },
  { table: "webhook_endpoint", key: "id", column: "former_secret", aadOf: endpointAad },
];
const PAGE = 200;

/** Seals anew with the first key what was sealed with an older one, so that the older one can go. */
export async function resealSecrets(deps: ResealDeps): Promise<void> {
  let resealed = 0;
  let unreadable = 0;
  for (const place of PLACES) {
    for await (const { id, sealed } of sealedIn(deps, place)) {
      const madeWith = deps.secrets.madeWith(sealed);
      if (madeWith === "unknown") unreadable += 1;
      if (madeWith !== "older") continue;
      const aad = place.aadOf(id);
      const anew = deps.secrets.encrypt(deps.secrets.decrypt(sealed, aad), aad);
      const replace = () => replaceSealed(deps.db, place, { id, sealed }, anew);
      await (place.hold?.(deps, id, replace) ?? replace());
      resealed += 1;
    }
  }
  if (resealed > 0) deps.log.info({ resealed }, "What was sealed with an older key is sealed with the first one now.");
  if (unreadable > 0) deps.log.warn({ unreadable }, "Some of what is stored was sealed with a key that is not known.");
}

async function* sealedIn({ db }: Pick<Deps, "db">, place: SealedPlace) {
  let after: string | null = null;
  for (;;) {
    const page = await listSealed(db, place, after, PAGE);
    yield* page;
    after = page.at(-1)?.id ?? null;
    if (page.length < PAGE) return;
  }
}
