import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emailNorm, parseEmail } from "../../../server/domain/identity/email.ts";

describe("the key of an email", () => {
  it.each([
    ["is lower case", "Ana.Demo@Example.COM", "ana.demo@example.com"],
    ["has no space around it", "  ana@example.com\t\n", "ana@example.com"],
    ["has none of the space around it counted", `${" ".repeat(300)}ana@example.com`, "ana@example.com"],
    ["keeps a +tag", "ana+lamps@example.com", "ana+lamps@example.com"],
    ["keeps the dots of Gmail", "a.n.a@gmail.com", "a.n.a@gmail.com"],
    ["has its domain in A-label form", "ana@exämple.com", "ana@xn--exmple-cua.com"],
    ["is the same for a domain written as A-label", "ana@XN--EXMPLE-CUA.com", "ana@xn--exmple-cua.com"],
    ["is the same for a decomposed umlaut", "ana@exa\u0308mple.com", "ana@xn--exmple-cua.com"],
    ["knows full-width letters and the ideographic full stop", "ana@ｅｘａｍｐｌｅ。com", "ana@example.com"],
    ["keeps ß and ss apart in a domain", "ana@faß.example", "ana@xn--fa-hia.example"],
    ["keeps an accent in the local part, composed", "e\u0301lo@example.com", "élo@example.com"],
    ["drops the invisible marks of copied text", "\u200b\u202aana@\u00adexample.com\u202c", "ana@example.com"],
    ["allows what an address allows", "o'neil_x-1/a=b@mail.example.co.uk", "o'neil_x-1/a=b@mail.example.co.uk"],
  ])("%s", (_, raw, norm) => {
    expect(emailNorm(raw)).toBe(norm);
  });

  it.each([
    ["a +tag", "ana+a@example.com", "ana@example.com"],
    ["a dot", "a.na@gmail.com", "ana@gmail.com"],
    ["a subdomain", "ana@mail.example.com", "ana@example.com"],
    ["a digit", "ana1@example.com", "ana@example.com"],
  ])("is never guessed: %s makes another address", (_, one, other) => {
    expect(emailNorm(one)).not.toBe(emailNorm(other));
  });
});

describe("what is no email", () => {
  it.each([
    ["nothing", ""],
    ["spaces", "   "],
    ["a name", "Ana Demo"],
    ["no local part", "@example.com"],
    ["no domain", "ana@"],
    ["a host without a dot", "ana@localhost"],
    ["an IPv4 address", "ana@192.0.2.1"],
    ["an IPv4 address in hexadecimal", "ana@0x7f.1"],
    ["an address literal", "ana@[192.0.2.1]"],
    ["a port", "ana@example.com:25"],
    ["a path", "ana@example.com/inbox"],
    ["a trailing dot", "ana@example.com."],
    ["an empty label", "ana@example..com"],
    ["a label that begins with a hyphen", "ana@-example.com"],
    ["a label over 63 characters", `ana@${"a".repeat(64)}.com`],
    ["an underscore in the domain", "ana@ex_ample.com"],
    ["a percent-encoded domain", "ana@%65xample.com"],
    ["a display name", "Ana <ana@example.com>"],
    ["a mailto link", "mailto:ana@example.com"],
    ["two addresses", "ana@example.com, bob@example.com"],
    ["two at signs", "ana@bob@example.com"],
    ["a space inside", "a na@example.com"],
    ["a quoted local part", '"a na"@example.com'],
    ["a leading dot", ".ana@example.com"],
    ["a dot before the at", "ana.@example.com"],
    ["two dots in a row", "a..na@example.com"],
    ["a control character", "an\u0000a@example.com"],
    ["a local part over 64 characters", `${"a".repeat(65)}@example.com`],
    ["more than 254 characters", `ana@${"a.".repeat(124)}exam`],
  ])("%s", (_, raw) => {
    expect(parseEmail(raw)).toBeNull();
  });

  it.each([
    ["at signs", "@".repeat(100_000)],
    ["dots", `${"a.".repeat(50_000)}@${"b.".repeat(50_000)}`],
    ["spaces inside", `a${" ".repeat(100_000)}@example.com`],
    ["combining marks in an order that is slow to normalise", `${"\u0315\u0316".repeat(50_000)}@example.com`],
    ["an A-label of endless length", `ana@xn--${"a".repeat(100_000)}.com`],
    ["invisible marks", `ana${"\u200b".repeat(100_000)}@example.com`],
  ])("100 kB of %s", (_, raw) => {
    expect(parseEmail(raw)).toBeNull();
  });
});

describe("parseEmail", () => {
  const local = fc.stringMatching(/^[A-Za-z0-9+_-]{1,20}(\.[A-Za-z0-9+_-]{1,20})?$/);
  const domain = fc.constantFrom("example.com", "Example.TEST", "bücher.example", "例え.test", "mail.example.co.uk");
  const address = fc.tuple(local, domain).map(([name, host]) => `${name}@${host}`);

  it("keeps what was written, beside the key", () => {
    expect(parseEmail(" Ana@Exämple.com ")).toEqual({ value: "Ana@Exämple.com", norm: "ana@xn--exmple-cua.com" });
  });

  it("gives a key its own key, so that it can be stored and read again", () => {
    fc.assert(
      fc.property(address, (raw) => {
        const norm = emailNorm(raw);
        expect(norm).not.toBeNull();
        expect(emailNorm(norm ?? "")).toBe(norm);
      }),
    );
  });

  it("ignores case and the space around, whatever the address", () => {
    fc.assert(
      fc.property(address, fc.constantFrom(" ", "\n", "\u00a0"), (raw, space) => {
        expect(emailNorm(space + raw.toUpperCase() + space)).toBe(emailNorm(raw));
      }),
    );
  });

  it("gives any text at all a key it gives again, or none", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), domain, (text, host) => {
        const norm = emailNorm(`${text}@${host}`);
        if (norm !== null) expect(emailNorm(norm)).toBe(norm);
      }),
      { numRuns: 500 },
    );
  });
});
