import { useEffect, useState } from "preact/hooks";
import type { ConversationState } from "../conversation-state.ts";
import type { Words } from "../locales/en.ts";

const SHOWN_AFTER_MS = 3000;

/** Says so when the connection has been gone for three seconds; short gaps stay unmentioned. */
export function OfflineBar({ link, words }: { link: ConversationState["link"]; words: Words }) {
  const [late, setLate] = useState(false);

  useEffect(() => {
    setLate(false);
    if (link !== "connecting") return;
    const timer = setTimeout(() => setLate(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [link]);

  return (
    <div role="status" class={late ? "offline" : "offline offline-none"}>
      {late && words.reconnecting}
    </div>
  );
}
