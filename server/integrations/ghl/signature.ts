import { createPublicKey, type KeyObject, verify } from "node:crypto";

/** HighLevel's one key for all apps (HighLevel, "Webhook integration guide"). It proves the sender, not whom it is for. */
const HIGHLEVEL_KEY = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=
-----END PUBLIC KEY-----`;

/** A public key in PEM; null when the text is none. */
function readPublicKey(pem: string): KeyObject | null {
  try {
    return createPublicKey(pem);
  } catch {
    return null;
  }
}

/** The header that carries the signature of such a key: the older RSA one is believed only where an admin entered its key. */
export function signatureHeader(key: KeyObject): string {
  return key.asymmetricKeyType === "rsa" ? "x-wh-signature" : "x-ghl-signature";
}

export function highLevelKey(entered: string | null): KeyObject | null {
  return readPublicKey(entered ?? HIGHLEVEL_KEY);
}

/** Ed25519, or RSA-SHA256 (PKCS#1 v1.5), over the body as it came; the signature is base64. */
export function isSignedByHighLevel(rawBody: Uint8Array, signature: string, key: KeyObject): boolean {
  const bytes = Buffer.from(signature, "base64");
  return verify(key.asymmetricKeyType === "rsa" ? "sha256" : null, rawBody, key, bytes);
}
