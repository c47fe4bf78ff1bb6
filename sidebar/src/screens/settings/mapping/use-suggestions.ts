import type { MappingSuggestion } from "@rolodesk/shared/mapping";
import { useState } from "preact/hooks";
import { readSuggestions } from "../../../endpoints/settings.ts";
import { useResource } from "../../../use-resource.ts";
import type { MappingRow } from "./mapping-draft.ts";

interface Suggestions {
  /** Those the editor does not have yet; null while the list is closed. */
  open: readonly MappingSuggestion[] | null;
  problem: string | null;
  show: () => void;
  close: () => void;
}

/** What could be mapped besides. The list is open by itself while nobody has touched the mapping and there is something in it. */
export function useSuggestions(connectionId: string, rows: readonly MappingRow[] | null): Suggestions {
  const found = useResource(`suggestions-${connectionId}`, () => readSuggestions(connectionId));
  const [asked, setAsked] = useState<"show" | "close" | null>(null);
  const fresh = (found.data?.suggestions ?? []).filter(
    ({ row }) => !rows?.some(({ object, property }) => object === row.object && property === row.property),
  );
  const byItself = found.data?.isUntouched === true && fresh.length > 0;
  const isOpen = found.data !== null && (asked === "show" || (asked === null && byItself));
  return {
    open: isOpen ? fresh : null,
    problem: asked === "show" ? found.problem : null,
    show() {
      found.reload();
      setAsked("show");
    },
    close: () => setAsked("close"),
  };
}
