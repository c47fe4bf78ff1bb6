import { useEffect, useState } from "preact/hooks";
import { onCommand } from "../../keys.ts";
import { readStored, writeStored } from "../../stored-choice.ts";

const ROOMY = "(min-width: 1200px)";

/** Beside the thread where there is room, and remembered; else it opens over the thread, never over the composer. */
export function useSidebarShown(): { shown: boolean; toggle: () => void } {
  const [roomy, setRoomy] = useState(() => window.matchMedia(ROOMY).matches);
  const [docked, setDocked] = useState(() => readStored("sidebar") !== "hidden");
  const [raised, setRaised] = useState(false);

  useEffect(() => {
    const query = window.matchMedia(ROOMY);
    const note = () => setRoomy(query.matches);
    query.addEventListener("change", note);
    return () => query.removeEventListener("change", note);
  }, []);
  useEffect(() => onCommand({ close: () => setRaised(false) }), []);

  function show(next: boolean): void {
    if (!roomy) {
      setRaised(next);
      return;
    }
    setDocked(next);
    writeStored("sidebar", next ? "shown" : "hidden");
  }

  const shown = roomy ? docked : raised;
  return { shown, toggle: () => show(!shown) };
}
