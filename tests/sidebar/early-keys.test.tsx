import { render } from "preact";
import { afterEach, expect, test } from "vitest";
import { runCommand } from "../../sidebar/src/keys.ts";
import { Composer } from "../../sidebar/src/screens/conversation/composer.tsx";
import { openConversation } from "../../sidebar/src/screens/conversation/conversation-store.ts";
import { mintId } from "./wire.ts";

afterEach(() => render(null, document.body));

function show(id: string): void {
  const conversation = openConversation(id);
  render(<Composer conversation={conversation} ended={false} onReopen={() => {}} doNotContact={[]} />, document.body);
}

test("a key pressed the moment a composer is shown goes into it, and typing does not become commands", () => {
  show(mintId());
  expect(runCommand("reply")).toBe(true);
  expect(document.activeElement).toBe(document.querySelector("textarea"));
});
