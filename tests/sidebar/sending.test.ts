import { AgentMessage, type Message } from "@rolodesk/shared/message";
import { afterEach, expect, test, vi } from "vitest";
import {
  type OpenConversation,
  openConversation,
  takeMessages,
} from "../../sidebar/src/screens/conversation/conversation-store.ts";
import { resendMessage, sendMessage } from "../../sidebar/src/screens/conversation/sending.ts";
import { sentTo, serveFake } from "./fake-server.ts";
import { message, mintId } from "./wire.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Stores like the server: the same client id is the same message. `refuse` answers how many are refused at first. */
function storingServer(conversation: OpenConversation, refuse: number) {
  const stored = new Map<string, Message>();
  let refused = 0;
  const server = serveFake(({ body }) => {
    if (refused < refuse) {
      refused += 1;
      return { status: 500, body: { code: "internal", message: "The server is busy." } };
    }
    const { clientId, text } = AgentMessage.parse(body);
    const known = stored.get(clientId) ?? message(stored.size + 1, { clientId, text, kind: "agent" });
    stored.set(clientId, known);
    return { status: 201, body: known };
  });
  const path = `/api/conversations/${conversation.id}/messages`;
  return { stored, sent: () => sentTo(server.asked, path) };
}

test("a message is shown at once and becomes the stored one", async () => {
  const conversation = openConversation(mintId());
  storingServer(conversation, 0);
  const sending = sendMessage(conversation, { kind: "agent", text: "Hello" });
  expect(conversation.unsent.value.map(({ text }) => text)).toEqual(["Hello"]);
  await sending;
  expect(conversation.unsent.value).toEqual([]);
  expect(conversation.messages.value.map(({ text }) => text)).toEqual(["Hello"]);
});

test("a resend after a failure carries the same client id, so it is stored once", async () => {
  const conversation = openConversation(mintId());
  const { stored, sent } = storingServer(conversation, 1);
  await sendMessage(conversation, { kind: "agent", text: "Hello" });
  const [failed] = conversation.unsent.value;
  expect(failed?.problem).toBe("The server is busy.");
  if (failed) await resendMessage(conversation, failed);
  const ids = sent().map((body) => AgentMessage.parse(body).clientId);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
  expect(stored.size).toBe(1);
  expect(conversation.unsent.value).toEqual([]);
});

test("a message whose answer was lost is not shown twice when a push brings it", async () => {
  const conversation = openConversation(mintId());
  storingServer(conversation, 1);
  await sendMessage(conversation, { kind: "agent", text: "Hello" });
  const [unsure] = conversation.unsent.value;
  takeMessages(conversation, [message(1, { clientId: unsure?.clientId ?? "", kind: "agent", text: "Hello" })]);
  expect(conversation.unsent.value).toEqual([]);
  expect(conversation.messages.value).toHaveLength(1);
});
