import { expect, test } from "vitest";
import { initialsOf } from "../../sidebar/src/components/avatar.tsx";
import { commandOf, onCommand, runCommand } from "../../sidebar/src/keys.ts";
import { clampWidth } from "../../sidebar/src/screens/crm/resize-handle.tsx";
import { tokenOf } from "../../sidebar/src/screens/login/reset-screen.tsx";
import { webAddress } from "../../sidebar/src/web-address.ts";

const plain = { ctrlKey: false, metaKey: false, altKey: false };

test.each([
  ["j", plain, false, "next"],
  ["J", plain, false, "next"],
  ["e", plain, true, null],
  ["?", plain, false, "help"],
  ["k", { ...plain, ctrlKey: true }, true, "palette"],
  ["k", { ...plain, metaKey: true }, false, "palette"],
  ["r", { ...plain, ctrlKey: true }, false, null],
  ["Escape", plain, true, "close"],
  ["x", plain, false, null],
])("key %s", (key, modifiers, writing, command) => {
  expect(commandOf({ key, ...modifiers }, writing)).toBe(command);
});

test("what was opened last answers a command, and the one before when it is gone", () => {
  const answered: string[] = [];
  const stopOuter = onCommand({ close: () => answered.push("outer") });
  const stopInner = onCommand({ close: () => answered.push("inner") });
  runCommand("close");
  stopInner();
  runCommand("close");
  stopOuter();
  expect(runCommand("close")).toBe(false);
  expect(answered).toEqual(["inner", "outer"]);
});

test.each([
  ["Ana Ruiz", "AR"],
  ["Ana Maria Ruiz", "AR"],
  ["Anna Ruiz-Lopez", "AR"],
  ["Visitor 3f2a", "V"],
  ["ana@example.com", "A"],
  ["+1 202 555 0123", "#"],
  ["", "#"],
])("initials of %s", (label, initials) => {
  expect(initialsOf(label)).toBe(initials);
});

test.each([
  ["https://example.com/a", "https://example.com/a"],
  ["http://localhost:3000", "http://localhost:3000"],
  ["javascript:alert(1)", null],
  ["data:text/html,x", null],
  ["no address", null],
  [null, null],
])("a link to %s", (value, address) => {
  expect(webAddress(value)).toBe(address);
});

test("the sidebar's width stays within its limits, whatever was stored", () => {
  expect([100, 340, 999, Number.NaN].map(clampWidth)).toEqual([300, 340, 480, 340]);
});

test("the reset token is read from the fragment", () => {
  expect(tokenOf("#token=abc-123")).toBe("abc-123");
  expect(tokenOf("")).toBeNull();
});
