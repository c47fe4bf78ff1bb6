import type { VisitorConversation } from "@rolodesk/shared/conversation";
import type { Message } from "@rolodesk/shared/message";
import type { Reply } from "@rolodesk/shared/realtime";
import type { Socket } from "socket.io-client";
import type { ChatRig } from "./chat-rig.ts";
import { newId } from "./ids.ts";

export interface Sent {
  readonly message: Message;
  readonly conversation: VisitorConversation;
}

/** Asks over a socket and waits for the acknowledgement, good or bad. */
export async function ask<T>(socket: Socket, event: string, input: unknown): Promise<Reply<T>> {
  return await socket.timeout(60_000).emitWithAck(event, input);
}

/** The same, for when it must succeed. */
export async function demand<T>(socket: Socket, event: string, input: unknown): Promise<T> {
  const reply = await ask<T>(socket, event, input);
  if (!reply.ok) throw new Error(`${event} was refused: ${reply.error.message}`);
  return reply.data;
}

export async function say(
  socket: Socket,
  text: string,
  conversationId: string | null = null,
  clientId = newId(),
): Promise<Sent> {
  return await demand<Sent>(socket, "message.send", { clientId, conversationId, text });
}

/** Resolves with the word the server gave, or "connected". */
export async function connectionOutcome(socket: Socket): Promise<string> {
  return await new Promise((resolve) => {
    socket.once("connect", () => resolve("connected"));
    socket.once("connect_error", (error) => resolve(error.message));
  });
}

export async function connected(socket: Socket): Promise<Socket> {
  const outcome = await connectionOutcome(socket);
  if (outcome !== "connected") throw new Error(`The socket was refused: ${outcome}`);
  return socket;
}

/** Everything a socket receives under one name, in order; an event that carries nothing counts too. */
export function collect<T>(socket: Socket, event: string): T[] {
  const received: T[] = [];
  socket.on(event, (first: T, ...more: T[]) => received.push(first, ...more));
  return received;
}

export interface ChattingVisitor {
  readonly token: string;
  readonly visitorId: string;
  readonly socket: Socket;
}

/** A new browser on a site, with its socket open. */
export async function arrive(rig: ChatRig, siteKey: string): Promise<ChattingVisitor> {
  const { token, visitorId } = await rig.visit(siteKey);
  return { token, visitorId, socket: await connected(rig.visitorSocket(token)) };
}
