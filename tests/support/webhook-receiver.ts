import { once } from "node:events";
import { createServer } from "node:http";

interface Arrived {
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly arrived: Arrived[];
  /** How it answers from now on. */
  answer: (arrived: Arrived) => Response;
  close(): Promise<void>;
}

/** Somebody else's server that is told of events. */
export async function openReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const one = { path: request.url ?? "", headers, body: Buffer.concat(chunks).toString("utf8") };
    receiver.arrived.push(one);
    const answer = receiver.answer(one);
    response.writeHead(answer.status, [...answer.headers].flat());
    response.end(await answer.text());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It listens on no port.");
  const receiver: Receiver = {
    url: `http://127.0.0.1:${address.port}/hooks`,
    arrived: [],
    answer: () => new Response(null, { status: 204 }),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return receiver;
}

/** Verifies as a receiver would who read the Standard Webhooks specification, with nothing of ours. */
export async function isSigned({ headers, body }: Arrived, secret: string): Promise<boolean> {
  const raw = Uint8Array.from(atob(secret.replace(/^whsec_/, "")), (char) => char.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const text = `${headers.get("webhook-id")}.${headers.get("webhook-timestamp")}.${body}`;
  const signatures = (headers.get("webhook-signature") ?? "").split(" ");
  for (const signature of signatures) {
    const [version, value = ""] = signature.split(",");
    if (version !== "v1") continue;
    const bytes = Uint8Array.from(atob(value), (char) => char.charCodeAt(0));
    if (await crypto.subtle.verify("HMAC", key, bytes, new TextEncoder().encode(text))) return true;
  }
  return false;
}
