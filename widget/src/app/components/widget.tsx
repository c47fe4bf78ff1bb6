import { useEffect } from "preact/hooks";
import type { App } from "../app-context.ts";
import { useObservable } from "../observable.ts";
import { Conversation } from "./conversation.tsx";
import { Home } from "./home.tsx";

export function Widget({ app }: { app: App }) {
  const { view } = useObservable(app.ui);

  useEffect(() => {
    function closeOnEscape(event: KeyboardEvent): void {
      if (event.key === "Escape" && !event.defaultPrevented) app.host.send({ type: "close" });
    }
    document.addEventListener("keydown", closeOnEscape);
    return () => document.removeEventListener("keydown", closeOnEscape);
  }, [app]);

  return view === "home" ? <Home app={app} /> : <Conversation app={app} />;
}
