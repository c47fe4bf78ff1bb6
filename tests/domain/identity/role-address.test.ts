import { describe, expect, it } from "vitest";
import { isRoleAddress } from "../../../server/domain/identity/role-address.ts";

describe("a role address", () => {
  it.each([
    "info@example.com",
    "sales@example.com",
    "support@example.com",
    "noreply@example.com",
    "no-reply@example.com",
    "mailer-daemon@example.com",
    "office@xn--exmple-cua.com",
    "sales+eu@example.com",
    "info+@example.com",
  ])("is a desk's, not a person's: %s", (norm) => {
    expect(isRoleAddress(norm)).toBe(true);
  });

  it.each([
    "ana@example.com",
    "ana+info@example.com",
    "salesbury@example.com",
    "info.demo@example.com",
    "ana@info.example.com",
    "ana@sales.test",
    "+info@example.com",
  ])("is not what only contains one: %s", (norm) => {
    expect(isRoleAddress(norm)).toBe(false);
  });
});
