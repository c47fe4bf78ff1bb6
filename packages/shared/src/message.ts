import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { CHAT_EVENTS, MESSAGE_KINDS, MESSAGE_MAX_CHARS } from "./vocabulary.ts";

/** Plain text. Shown as text nodes, never as HTML. */
export const MessageText = z
  .string()
  .trim()
  .min(1, "Write something first.")
  .max(MESSAGE_MAX_CHARS, {
    error: `Messages can have at most ${MESSAGE_MAX_CHARS} characters. Send it in parts.`,
  });

export const Message = z.object({
  id: Id,
  conversationId: Id,
  /** 1, 2, 3 … without gaps inside a conversation (notes count too; a visitor sees gaps where notes are). */
  seq: z.number().int().positive(),
  /** Chosen by the sender; a resend with the same one is the same message. */
  clientId: Id,
  kind: z.enum(MESSAGE_KINDS),
  /** Of an event: what it tells, with `authorName` for the agent it tells of. Null for an event of an older version. */
  event: z.enum(CHAT_EVENTS).nullable(),
  authorName: z.string().nullable(),
  /** The agent's id; null for visitors and events. */
  authorId: z.string().nullable(),
  text: z.string(),
  createdAt: Instant,
});
export type Message = z.infer<typeof Message>;

/** An agent's reply, or a note that visitors never see. Sent again with the same `clientId` it is the same message. */
export const AgentMessage = z.strictObject({ clientId: Id, kind: z.enum(["agent", "note"]), text: MessageText });
export type AgentMessage = z.infer<typeof AgentMessage>;
