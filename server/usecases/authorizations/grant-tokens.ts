import type { Deps } from "../../deps.ts";
import type { TokenSource } from "../../integrations/token-source.ts";
import { type AccessToken, freshToken } from "./fresh-token.ts";

/** The access tokens of an authorized connection, for one piece of work. */
export function grantTokens(deps: Deps, connectionId: string): TokenSource {
  let held: AccessToken | null = null;
  let refused: string | null = null;

  return {
    async get() {
      if (!held || held.goodUntil <= deps.now().getTime()) held = await freshToken(deps, connectionId, refused);
      return held.value;
    },
    drop(token) {
      refused = token;
      held = null;
    },
  };
}
