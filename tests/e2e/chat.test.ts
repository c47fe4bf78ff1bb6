import type { Locator } from "@playwright/test";
import { openConversation, reply, threadMessage } from "./support/console.ts";
import { conversationsWith, signIn } from "./support/console-api.ts";
import { expect, test } from "./support/journey.ts";
import { mintPerson } from "./support/people.ts";
import { startRolodesk } from "./support/rolodesk-process.ts";
import { bubblesOf, chatOf, composerOf, endChat, launcherOf, openChat, say } from "./support/visitor.ts";

test("a reload keeps the messages, and the draft", async ({ newVisitor }) => {
  const page = await newVisitor();
  await openChat(page);
  await say(page, "first");
  await say(page, "second");
  await composerOf(page).fill("half a thou");
  await page.reload();
  await launcherOf(page).click();
  await expect(bubblesOf(page)).toHaveText(["first", "second"]);
  await expect(composerOf(page)).toHaveValue("half a thou");
});

test("messages written without a network are sent once and in order, across a reload", async ({
  newVisitor,
  agentPage,
  conversationWith,
}) => {
  const { last } = mintPerson();
  const page = await newVisitor();
  let outOfReach = false;
  await page.routeWebSocket(/\/widget\/rt/, async (socket) => {
    if (outOfReach) await socket.close();
    else socket.connectToServer();
  });
  await page.route(/\/widget\/rt/, (route) => (outOfReach ? route.abort() : route.continue()));
  await openChat(page);
  await say(page, `online ${last}`);
  const texts = [1, 2, 3, 4, 5].map((n) => `offline ${n} ${last}`);

  outOfReach = true;
  await page.context().setOffline(true);
  for (const text of texts) {
    await composerOf(page).fill(text);
    await composerOf(page).press("Enter");
  }
  await expect(chatOf(page).locator(".bubble-sending")).toHaveCount(5);
  // the page itself can be loaded again before the chat's line is back
  await page.context().setOffline(false);
  await page.reload();
  await launcherOf(page).click();
  await expect(chatOf(page).locator(".bubble-sending")).toHaveText(texts);
  outOfReach = false;

  await expect(chatOf(page).locator(".bubble-sent, .bubble-seen")).toHaveText([`online ${last}`, ...texts]);
  await openConversation(agentPage, await conversationWith(last));
  await expect(agentPage.locator(".thread-bubble")).toHaveText([`online ${last}`, ...texts]);
});

test("chatting goes on where a proxy lets no WebSocket through", async ({
  newVisitor,
  agentPage,
  conversationWith,
}) => {
  const { last } = mintPerson();
  const page = await newVisitor();
  await page.routeWebSocket(/\/widget\/rt/, (socket) => socket.close());
  await openChat(page);
  await say(page, `by polling ${last}`);
  await openConversation(agentPage, await conversationWith(last));
  await reply(agentPage, `and back ${last}`);
  await expect(bubblesOf(page)).toHaveText([`by polling ${last}`, `and back ${last}`]);
});

/** Whoever has only begun to look at a conversation may not hear of the first key; typing is told again every three seconds. */
async function typeUntil(input: Locator, seen: Locator): Promise<void> {
  await expect(async () => {
    await input.pressSequentially("and");
    await expect(seen).toBeAttached({ timeout: 4_000 });
  }).toPass();
}

test("the agent's answer appears, with typing before it and ticks after it", async ({
  newVisitor,
  agentPage,
  conversationWith,
}) => {
  const { last } = mintPerson();
  const page = await newVisitor();
  await openChat(page);
  await say(page, `Is it brass? ${last}`);
  await expect(chatOf(page).getByText(/^Sent · /)).toBeVisible();

  await openConversation(agentPage, await conversationWith(last));
  await expect(chatOf(page).getByText(/^Seen · /)).toBeVisible();

  await typeUntil(composerOf(page), agentPage.getByText(/is typing$/).filter({ visible: true }));
  await typeUntil(agentPage.getByRole("textbox", { name: "Reply" }), chatOf(page).getByText("Ana Agent is typing"));
  await reply(agentPage, "It is brass.");
  await expect(bubblesOf(page).filter({ hasText: "It is brass." })).toBeVisible();
  await expect(chatOf(page).getByText("Ana Agent is typing")).toHaveCount(0);
  await expect(agentPage.locator(".thread-ticks")).toHaveText("Read");
});

test("answers to a closed chat are counted on the launcher and shown beside it, until they are read", async ({
  newVisitor,
  agentPage,
  conversationWith,
}) => {
  const { last } = mintPerson();
  const page = await newVisitor();
  await openChat(page);
  await say(page, `Later, ${last}`);
  await chatOf(page).getByRole("button", { name: "Close chat" }).click();
  await expect(launcherOf(page)).toHaveAttribute("aria-expanded", "false");

  await openConversation(agentPage, await conversationWith(last));
  await reply(agentPage, "One thing.");
  await reply(agentPage, "And another.");
  await expect(page.locator("#rolodesk .badge")).toHaveText("2");
  await expect(launcherOf(page)).toHaveAccessibleName("Open chat, 2 unread");
  await expect(page.locator("#rolodesk .preview")).toHaveText([/One thing\./, /And another\./]);
  await expect(page).toHaveTitle(/^\(2\) /);
  await expect(agentPage.locator(".thread-ticks")).toHaveText("Sent");

  await launcherOf(page).click();
  await expect(page.locator("#rolodesk .badge")).toHaveText("");
  await expect(page).toHaveTitle(/^Northwind/);
  await expect(agentPage.locator(".thread-ticks").last()).toHaveText("Read");
});

test("either side ends a chat, both see it, and a new one begins empty", async ({
  newVisitor,
  agentPage,
  conversationWith,
}) => {
  const { last } = mintPerson();
  const page = await newVisitor();
  await openChat(page);
  await say(page, `one ${last}`);
  await openConversation(agentPage, await conversationWith(`one ${last}`));
  await agentPage.getByRole("button", { name: "End", exact: true }).click();
  await expect(chatOf(page).getByText("This chat was ended.")).toBeVisible();

  await chatOf(page).getByRole("button", { name: "Start a new conversation" }).click();
  await expect(bubblesOf(page)).toHaveCount(0);
  await say(page, `two ${last}`);
  const second = await conversationWith(`two ${last}`);
  await openConversation(agentPage, second);
  await expect(agentPage.locator(".thread-bubble")).toHaveText([`two ${last}`]);
  await endChat(page);
  await expect(agentPage.getByRole("button", { name: "Reopen", exact: true })).toBeVisible();
});

test("a server that dies in the middle of a chat loses nothing that was written", async ({ browser }) => {
  const rolodesk = await startRolodesk();
  const context = await browser.newContext({ baseURL: rolodesk.url });
  try {
    const page = await context.newPage();
    await openChat(page);
    await say(page, "before");
    await rolodesk.kill();
    await composerOf(page).fill("while it was gone");
    await composerOf(page).press("Enter");
    await expect(chatOf(page).locator(".bubble-sending")).toHaveText("while it was gone");
    await rolodesk.start();
    await expect(chatOf(page).locator(".bubble-sent")).toHaveText(["before", "while it was gone"]);
    await say(page, "after");
    const api = await signIn(rolodesk.url);
    const [id, ...others] = await conversationsWith(api, "while it was gone");
    expect(others).toEqual([]);
    const { messages } = await api.get<{ messages: { text: string; kind: string }[] }>(
      `/api/conversations/${id}/messages`,
    );
    const texts = messages.filter(({ kind }) => kind === "visitor").map(({ text }) => text);
    expect(texts).toEqual(["before", "while it was gone", "after"]);
    await api.dispose();
  } finally {
    await context.close();
    await rolodesk.destroy();
  }
});

test("two visitors never see each other", async ({ newVisitor, agentPage, conversationWith }) => {
  const [one, other] = [mintPerson(), mintPerson()];
  const [first, second] = [await newVisitor(), await newVisitor()];
  await openChat(first);
  await openChat(second);
  await say(first, `I am ${one.last}`);
  await say(second, `I am ${other.last}`);
  await openConversation(agentPage, await conversationWith(one.last));
  await reply(agentPage, `Only for ${one.last}`);
  await expect(bubblesOf(first)).toHaveText([`I am ${one.last}`, `Only for ${one.last}`]);
  await openConversation(agentPage, await conversationWith(other.last));
  await expect(threadMessage(agentPage, one.last)).toHaveCount(0);
  await reply(agentPage, `Only for ${other.last}`);
  await expect(bubblesOf(second)).toHaveText([`I am ${other.last}`, `Only for ${other.last}`]);
  await expect(bubblesOf(first)).toHaveCount(2);
});

test("a private note never reaches the visitor", async ({ newVisitor, agentPage, conversationWith }) => {
  const { last } = mintPerson();
  const page = await newVisitor();
  await openChat(page);
  await say(page, `Hello ${last}`);
  await openConversation(agentPage, await conversationWith(last));
  await agentPage.keyboard.press("n");
  await agentPage.keyboard.type("they owe us");
  await agentPage.keyboard.press("Enter");
  await expect(threadMessage(agentPage, "they owe us")).toBeVisible();
  await agentPage.keyboard.press("Escape");
  await agentPage.keyboard.press("r");
  await reply(agentPage, "Welcome back.");
  await expect(bubblesOf(page)).toHaveText([`Hello ${last}`, "Welcome back."]);
  await page.reload();
  await launcherOf(page).click();
  await expect(bubblesOf(page)).toHaveText([`Hello ${last}`, "Welcome back."]);
});

test("an address corrected in the card is saved by one click, although the error above the button goes away", async ({
  newVisitor,
}) => {
  const page = await newVisitor();
  await openChat(page);
  await say(page, "hello");
  const card = chatOf(page).locator("form.card");
  await card.getByLabel("Email").fill("nobody@nowhere");
  await card.getByRole("button", { name: "Save" }).click();
  await expect(card.getByRole("alert")).toHaveText("Write an address such as ana@example.com.");
  await card.getByLabel("Email").fill(mintPerson().email);
  await card.getByRole("button", { name: "Save" }).click();
  await expect(chatOf(page).getByText(/^Thanks/)).toBeVisible();
});

test("a chat that cannot be reached says so with a way out, and comes when it is asked again", async ({
  newVisitor,
}) => {
  const page = await newVisitor();
  await page.route("**/widget/frame/**", (route) => route.abort());
  await page.goto("/demo");
  await launcherOf(page).click();
  const panel = page.locator("#rolodesk .panel");
  await expect(panel.getByRole("status")).toContainText("The chat cannot be reached just now.");
  await panel.getByRole("button", { name: "Dismiss" }).click();
  await expect(panel).toBeHidden();

  await page.unroute("**/widget/frame/**");
  await launcherOf(page).click();
  await panel.getByRole("button", { name: "Try again" }).click();
  await chatOf(page).getByText("Send us a message").click();
  await say(page, "here after all");
});
