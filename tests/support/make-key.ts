import { MadeApiKey, type NewApiKey } from "@rolodesk/shared/api-key";
import { type Agent, type ChatRig, send } from "./chat-rig.ts";
import { mint } from "./ids.ts";

export interface HeldKey extends MadeApiKey {
  readonly maker: Agent;
  /** A request as a program makes it: with the key, without a cookie, without our own header. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** An API key, made by an admin of its own unless `maker` is given. */
export async function makeKey(
  rig: ChatRig,
  { maker, ...input }: Partial<NewApiKey> & { maker?: Agent } = {},
): Promise<HeldKey> {
  const admin = maker ?? (await rig.makeUser("admin"));
  const answer = await admin.request("POST", "/api/api-keys", {
    name: mint("Key"),
    scopes: ["read:conversations"],
    expiresInDays: null,
    ...input,
  });
  const made = MadeApiKey.parse(await answer.json());
  return { ...made, maker: admin, request: holderOf(rig.url, made.secret) };
}

/** Requests with a key as it stands, good or not. */
export function holderOf(url: string, secret: string): HeldKey["request"] {
  return (method, path, body, headers) =>
    send(url, method, path, {
      body,
      headers: { authorization: `Bearer ${secret}`, "x-rolodesk": "", origin: url, ...headers },
    });
}
