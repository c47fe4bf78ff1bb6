import { useState } from "preact/hooks";

interface Draft<T> {
  draft: T;
  change: (part: Partial<T>) => void;
  /** Whether this is what was saved last. */
  saved: boolean;
  /** Takes over what the server made of it. */
  keep: (saved: T) => void;
}

/** What a form is about to save; any change of it makes "Saved." untrue. */
export function useDraft<T extends object>(start: () => T): Draft<T> {
  const [draft, setDraft] = useState(start);
  const [saved, setSaved] = useState(false);
  function change(part: Partial<T>): void {
    setSaved(false);
    setDraft({ ...draft, ...part });
  }
  function keep(kept: T): void {
    setDraft(kept);
    setSaved(true);
  }
  return { draft, change, saved, keep };
}
