import { signal } from "@preact/signals";
import type { AgentToServer, Change, ServerToAgent } from "@rolodesk/shared/realtime";
import { AGENT_SOCKET_PATH } from "@rolodesk/shared/vocabulary";
import type { Socket } from "socket.io-client";

export type TypingPush = Parameters<ServerToAgent["typing"]>[0];
type AgentSocket = Socket<ServerToAgent, AgentToServer>;

/** "off" until the first connection; then whether pushes arrive. */
export const liveState = signal<"off" | "on" | "lost">("off");
export const onlineUserIds = signal<ReadonlySet<string>>(new Set());

const changeListeners = new Set<(change: Change) => void>();
const returnListeners = new Set<() => void>();
const typingListeners = new Set<(push: TypingPush) => void>();
const presenceListeners = new Set<(push: { conversationId: string; online: boolean }) => void>();

let socket: AgentSocket | null = null;
let watched: { conversationId: string; onPresence: (online: boolean) => void } | null = null;

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Called for every push; it carries ids and a version, the listener re-reads what it shows. */
export function onChange(listener: (change: Change) => void): () => void {
  return subscribe(changeListeners, listener);
}
/** Called when pushes may have been missed: re-read everything shown. */
export function onReturn(listener: () => void): () => void {
  return subscribe(returnListeners, listener);
}
export function onTyping(listener: (push: TypingPush) => void): () => void {
  return subscribe(typingListeners, listener);
}
export function onVisitorPresence(listener: (push: { conversationId: string; online: boolean }) => void): () => void {
  return subscribe(presenceListeners, listener);
}

/** Hands a push to whoever shows what it names. */
export function deliver(change: Change): void {
  for (const listener of changeListeners) listener(change);
}

/** Before a socket that was refused tries again. */
const REFUSED_WAIT_MS = 2000;

/**
 * Opens the socket. A lost line comes back by itself; when the server itself cut or refused it, `isSignedIn` decides
 * whether to try again.
 */
export async function goLive(isSignedIn: () => Promise<boolean>): Promise<void> {
  if (socket) return;
  const { io } = await import("socket.io-client");
  if (socket) return;
  const opened: AgentSocket = io({ path: AGENT_SOCKET_PATH, transports: ["websocket", "polling"] });
  socket = opened;
  opened.on("connect", () => {
    const returning = liveState.value === "lost";
    liveState.value = "on";
    if (watched) askPresence(opened, watched);
    if (returning) for (const listener of returnListeners) listener();
  });
  function noteLost(): void {
    if (socket !== opened) return;
    liveState.value = "lost";
    if (!opened.active) setTimeout(() => void comeBack(opened, isSignedIn), REFUSED_WAIT_MS);
  }
  opened.on("disconnect", noteLost);
  opened.on("connect_error", noteLost);
  opened.on("changed", (...changes) => {
    for (const change of changes) deliver(change);
  });
  opened.on("typing", (push) => {
    for (const listener of typingListeners) listener(push);
  });
  opened.on("presence", (push) => {
    onlineUserIds.value = new Set(push.onlineUserIds);
  });
  opened.on("visitor.presence", (push) => {
    for (const listener of presenceListeners) listener(push);
  });
}

async function comeBack(opened: AgentSocket, isSignedIn: () => Promise<boolean>): Promise<void> {
  if ((await isSignedIn()) && socket === opened) opened.connect();
}

export function leaveLive(): void {
  const opened = socket;
  socket = null;
  opened?.disconnect();
  liveState.value = "off";
}

/** Begins to receive typing and presence of one conversation, and ends the one watched before. */
export function watchConversation(conversationId: string, onPresence: (online: boolean) => void): () => void {
  watched = { conversationId, onPresence };
  if (socket?.connected) askPresence(socket, watched);
  return () => {
    if (socket?.connected) socket.emit("unwatch", { conversationId });
    if (watched?.conversationId === conversationId) watched = null;
  };
}

function askPresence(on: AgentSocket, watch: { conversationId: string; onPresence: (online: boolean) => void }): void {
  on.emit("watch", { conversationId: watch.conversationId }, (reply) => {
    if (reply.ok) watch.onPresence(reply.data.visitorOnline);
  });
}

export function sendTyping(conversationId: string, on: boolean): void {
  if (socket?.connected) socket.emit("typing", { conversationId, on });
}
