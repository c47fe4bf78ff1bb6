import { useEffect, useRef } from "preact/hooks";

/** The server forgets typing that is not renewed. */
const RENEW_MS = 3000;

/** Says "typing" when it begins, again every 3 s while keys are pressed, and "stopped" once. */
export function useTypingSignal(send: (on: boolean) => void): (on: boolean) => void {
  const lastSentAt = useRef(0);
  const latest = useRef(send);
  latest.current = send;

  function signalTyping(on: boolean): void {
    const now = Date.now();
    if (on && now - lastSentAt.current < RENEW_MS) return;
    if (!on && lastSentAt.current === 0) return;
    lastSentAt.current = on ? now : 0;
    latest.current(on);
  }

  useEffect(() => {
    return () => {
      if (lastSentAt.current !== 0) latest.current(false);
    };
  }, []);
  return signalTyping;
}
