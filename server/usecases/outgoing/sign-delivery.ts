import { createHmac, randomBytes } from "node:crypto";

const MARK = "whsec_";

/** 256 random bits, as Standard Webhooks writes a symmetric secret. */
export function mintEndpointSecret(): string {
  return MARK + randomBytes(32).toString("base64");
}

interface Signed {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/** The headers by which a receiver knows who sent a body, and when; one signature per secret (Standard Webhooks, `v1`). */
export function signDelivery({ id, timestamp, body }: Signed, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(MARK.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signatures.join(" ") };
}
