import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createSecretBox } from "../../server/secret-box.ts";

const AAD = "connection:0190:credentials";
const PLAIN = '{"accessToken":"pat-ünï"}';

describe("secrets at rest", () => {
  test("come back as they went in, and are not in the box", () => {
    const box = createSecretBox([randomBytes(32)]);
    const stored = box.encrypt(PLAIN, AAD);
    expect(stored).not.toContain("pat-");
    expect(box.decrypt(stored, AAD)).toBe(PLAIN);
    expect(box.decrypt(box.encrypt("", AAD), AAD)).toBe("");
  });

  test("any flipped bit throws", () => {
    const box = createSecretBox([randomBytes(32)]);
    const [kid, text = ""] = box.encrypt("a secret", AAD).split(".");
    const sealed = Buffer.from(text, "base64url");
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => box.decrypt(`${kid}.${altered.toString("base64url")}`, AAD)).toThrow();
    }
  });

  test("a box put into another row throws", () => {
    const box = createSecretBox([randomBytes(32)]);
    const stored = box.encrypt(PLAIN, "connection:1:credentials");
    expect(() => box.decrypt(stored, "connection:2:credentials")).toThrow();
  });

  test.each(["", "x", ".", "12345678.", "12345678.AAAA"])("nonsense throws: %j", (nonsense) => {
    const box = createSecretBox([randomBytes(32)]);
    expect(() => box.decrypt(nonsense, AAD)).toThrow();
  });

  test("a box cut short throws", () => {
    const box = createSecretBox([randomBytes(32)]);
    const stored = box.encrypt(PLAIN, AAD);
    for (let length = 0; length < stored.length; length += 1) {
      expect(() => box.decrypt(stored.slice(0, length), AAD)).toThrow();
    }
  });

  test("no nonce is used twice in 10,000 boxes", () => {
    const box = createSecretBox([randomBytes(32)]);
    const nonces = new Set<string>();
    for (let i = 0; i < 10_000; i += 1) nonces.add(box.encrypt("x", AAD).slice(9, 25));
    expect(nonces.size).toBe(10_000);
  });

  test("after a rotation old boxes open, new ones are under the new key", () => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    const stored = createSecretBox([old]).encrypt(PLAIN, AAD);
    const rotated = createSecretBox([fresh, old]);
    expect(rotated.decrypt(stored, AAD)).toBe(PLAIN);
    const renewed = rotated.encrypt(PLAIN, AAD);
    expect(createSecretBox([fresh]).decrypt(renewed, AAD)).toBe(PLAIN);
    expect(() => createSecretBox([old]).decrypt(renewed, AAD)).toThrow(/not in SECRET_KEY/);
  });
});
