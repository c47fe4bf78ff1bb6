import { connection } from "../../server/db/schema/connection.ts";
import type { ChatRig } from "./chat-rig.ts";
import { newId } from "./ids.ts";

/** A stored connection that nobody has tested: enough for what makes no call. Returns its id. */
export async function connectGhl(rig: ChatRig, provider: "ghl" | "memory" = "ghl"): Promise<string> {
  const id = newId();
  const settings = {
    ghl: { locationId: "demoLocation00000001", baseUrl: "http://127.0.0.1:9" },
    memory: { storeId: id },
  };
  await rig.db.insert(connection).values({
    id,
    provider,
    name: `CRM ${provider}`,
    settings: settings[provider],
    credentials: rig.deps.secrets.encrypt(JSON.stringify({ token: "pit-0123456789" }), `connection:${id}:credentials`),
    credentialHints: {},
    accountId: id,
    accountName: "Somebody's account",
  });
  return id;
}
