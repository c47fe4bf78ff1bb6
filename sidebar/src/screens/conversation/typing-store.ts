import { useEffect, useState } from "preact/hooks";
import { onTyping, type TypingPush } from "../../live.ts";

/** Typing that is not renewed within this time has ended. */
const FADES_MS = 7000;

/** Who is typing in a conversation, the visitor or another agent; renewed by pushes. */
export function useTyping(conversationId: string, ownId: string): readonly TypingPush[] {
  const [pushes, setPushes] = useState<readonly TypingPush[]>([]);
  useEffect(() => {
    setPushes([]);
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    function drop(who: string): void {
      setPushes((shown) => shown.filter((push) => whoOf(push) !== who));
    }
    const stop = onTyping((push) => {
      if (push.conversationId !== conversationId || push.userId === ownId) return;
      const who = whoOf(push);
      clearTimeout(timers.get(who));
      if (!push.on) {
        drop(who);
        return;
      }
      timers.set(
        who,
        setTimeout(() => drop(who), FADES_MS),
      );
      setPushes((shown) => [...shown.filter((other) => whoOf(other) !== who), push]);
    });
    return () => {
      stop();
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, [conversationId, ownId]);
  return pushes;
}

function whoOf(push: TypingPush): string {
  return push.from === "visitor" ? "visitor" : (push.userId ?? "agent");
}
