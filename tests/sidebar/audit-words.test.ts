import type { AuditEntry } from "@rolodesk/shared/audit";
import { expect, test } from "vitest";
import { actionText, detailsOf, pageOf } from "../../sidebar/src/screens/audit/audit-words.ts";
import { mintId } from "./wire.ts";

function entry(change: Pick<AuditEntry, "action" | "object"> & Partial<AuditEntry>): AuditEntry {
  const actor = { kind: "user", id: mintId(), name: "Adi", apiKeyName: null } as const;
  return { id: mintId(), at: "2026-03-02T10:00:00.000Z", actor, contactId: null, data: {}, ...change };
}

test("the line of an erasure leads to its proof, not to the contact that is no more", () => {
  const object = { kind: "contact", id: mintId() };
  const erasureId = mintId();
  expect(pageOf(entry({ action: "contact.erased", object, data: { erasureId } }))).toEqual({
    path: `/contacts/erasures/${erasureId}`,
    of: "erasure",
  });
});

test("the line of something that is still there leads to it", () => {
  const object = { kind: "sync_run", id: mintId() };
  expect(pageOf(entry({ action: "sync_run.requested", object }))).toEqual({
    path: `/sync/${object.id}`,
    of: "sync run",
  });
});

test("the line of something that was taken away leads nowhere", () => {
  expect(pageOf(entry({ action: "site.removed", object: { kind: "site", id: mintId() } }))).toBeNull();
});

test("lists are told in words", () => {
  const data = { siteIds: [], events: ["sync.finished", "conflict.queued"], changed: null };
  const shown = detailsOf(entry({ action: "webhook_endpoint.created", object: { kind: "x", id: mintId() }, data }));
  expect(shown).toEqual([
    { name: "Site ids", value: "none" },
    { name: "Events", value: "sync.finished, conflict.queued" },
    { name: "Changed", value: "nothing" },
  ]);
});

test.each([
  ["api_key.created", "API key created"],
  ["user.sign_in_failed", "User sign-in failed"],
  ["user.signed_in", "User signed in"],
])("the action %s reads: %s", (action, words) => {
  expect(actionText(action)).toBe(words);
});
