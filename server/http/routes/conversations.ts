import { Assignment, ListConversations, ListMessages, ReadUpTo } from "@rolodesk/shared/conversation";
import { AgentMessage } from "@rolodesk/shared/message";
import { type Context, Hono } from "hono";
import { assign } from "../../usecases/conversations/assign.ts";
import { endConversation } from "../../usecases/conversations/end-conversation.ts";
import { markRead } from "../../usecases/conversations/mark-read.ts";
import { reopenConversation } from "../../usecases/conversations/reopen-conversation.ts";
import { reply } from "../../usecases/conversations/reply.ts";
import { verifyIdentity } from "../../usecases/conversations/verify-identity.ts";
import { readConversationDetail } from "../../views/conversation-detail.ts";
import { readConversationPage } from "../../views/conversation-page.ts";
import { readMessagePage } from "../../views/message-page.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

export const conversationRoutes: Area = (deps, { presence }) => {
  const { db } = deps;

  async function detail(c: Context<AppEnv>, conversationId: string) {
    return c.json(await readConversationDetail({ db, presence }, c.get("session").actor, conversationId));
  }

  return new Hono<AppEnv>()
    .get("/", async (c) =>
      c.json(await readConversationPage(db, c.get("session").actor, readQuery(c, ListConversations))),
    )
    .get("/:id", async (c) => await detail(c, readId(c, "conversation")))
    .get("/:id/messages", async (c) => {
      const range = readQuery(c, ListMessages);
      return c.json(await readMessagePage(db, c.get("session").actor, readId(c, "conversation"), range));
    })
    .post("/:id/messages", async (c) => {
      const id = readId(c, "conversation");
      const { message, isNew } = await reply(deps, c.get("session").actor, id, await readJson(c, AgentMessage));
      return c.json(message, isNew ? 201 : 200);
    })
    .post("/:id/read", async (c) => {
      const conversationId = readId(c, "conversation");
      const { seq } = await readJson(c, ReadUpTo);
      await markRead(deps, c.get("session").actor, { conversationId, seq });
      return c.body(null, 204);
    })
    .post("/:id/assign", async (c) => {
      const id = readId(c, "conversation");
      const { userId } = await readJson(c, Assignment);
      await assign(deps, c.get("session").actor, id, userId);
      return await detail(c, id);
    })
    .post("/:id/end", async (c) => {
      const id = readId(c, "conversation");
      await endConversation(deps, c.get("session").actor, id);
      return await detail(c, id);
    })
    .post("/:id/reopen", async (c) => {
      const id = readId(c, "conversation");
      await reopenConversation(deps, c.get("session").actor, id);
      return await detail(c, id);
    })
    .post("/:id/verify", async (c) => {
      const id = readId(c, "conversation");
      await verifyIdentity(deps, c.get("session").actor, id);
      return await detail(c, id);
    });
};
