import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";

/** Keeps secrets at rest. `aad` names the row and field a box belongs to; a box moved elsewhere does not open. */
export interface SecretBox {
  encrypt(plain: string, aad: string): string;
  /** Throws when the box was altered, belongs to other `aad`, or was made with a key that is not known. */
  decrypt(box: string, aad: string): string;
  /** With which key a box was made, told without opening it. */
  madeWith(box: string): "current" | "older" | "unknown";
  /** Keyed hashes by which a text is recognised and from which it cannot be read: one per key, the current key's first. */
  fingerprints(plain: string, purpose: string): readonly string[];
}

/** The first encrypts, all decrypt; 32 bytes each. */
export type SecretKeys = readonly [Buffer, ...Buffer[]];

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM. A box is `<kid>.<base64url of nonce, ciphertext and tag>`; `kid` names the key. The first key encrypts, all
 * of them decrypt: to rotate, put the new key first and keep the old ones. Each key is 32 bytes.
 */
export function createSecretBox(keys: SecretKeys): SecretBox {
  const byKid = new Map(keys.map((key) => [kidOf(key), key]));
  const [current] = keys;
  const currentKid = kidOf(current);

  return {
    encrypt(plain, aad) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", current, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(associatedData(currentKid, aad));
      const sealed = Buffer.concat([nonce, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `${currentKid}.${sealed.toString("base64url")}`;
    },

    madeWith(box) {
      const kid = box.slice(0, Math.max(box.indexOf("."), 0));
      if (kid === currentKid) return "current";
      return byKid.has(kid) ? "older" : "unknown";
    },

    fingerprints: (plain, purpose) =>
      keys.map((key) => {
        const own = createHmac("sha256", key).update(`rolodesk ${purpose}`).digest();
        return createHmac("sha256", own).update(plain, "utf8").digest("base64url");
      }),

    decrypt(box, aad) {
      const dot = box.indexOf(".");
      const kid = box.slice(0, Math.max(dot, 0));
      const key = byKid.get(kid);
      if (!key) throw new Error("A stored secret was encrypted with a key that is not in SECRET_KEY.");
      const sealed = Buffer.from(box.slice(dot + 1), "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associatedData(kid, aad));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString(
        "utf8",
      );
    },
  };
}

/** Tells keys apart without telling anything of them. */
function kidOf(key: Buffer): string {
  if (key.length !== 32) throw new Error("A secret key must be 32 bytes.");
  return createHash("sha256").update("rolodesk key id").update(key).digest("hex").slice(0, 8);
}

function associatedData(kid: string, aad: string): Buffer {
  return Buffer.from(`${kid}|${aad}`, "utf8");
}
