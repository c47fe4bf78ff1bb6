import { CONNECTION_STATUSES } from "@rolodesk/shared/vocabulary";
import { expect, test } from "vitest";
import { healthWords } from "../../sidebar/src/screens/settings/connections/health-words.ts";

test("a connection whose access is refused, or that is paused, is never said to be well", () => {
  const shown = CONNECTION_STATUSES.map((status) => {
    const { tag, tone, text } = healthWords(status, { state: "answers" });
    return [status, tag, tone, text("HubSpot")];
  });
  expect(shown).toEqual([
    ["active", "Calls go through", "ok", "Nothing holds up calls to HubSpot."],
    ["paused", "Paused", "plain", "Nothing is sent to HubSpot while the connection is paused."],
    [
      "needs_reconnect",
      "Access refused",
      "danger",
      "HubSpot refuses the access. Syncs are kept and go on when it is connected again.",
    ],
  ]);
});

test("of a connection that is at work it is said what its CRM answers", () => {
  expect(healthWords("active", { state: "down" }).tag).toBe("No answer");
});
