import type { CrmTab } from "@rolodesk/shared/crm-panel";
import { Check } from "lucide";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ConfirmInline } from "../../components/confirm-inline.tsx";
import { Icon } from "../../components/icon.tsx";
import { ConflictRowCard } from "./conflict-row.tsx";
import { conflictRows } from "./conflict-rows.ts";
import { settleRows } from "./crm-actions.ts";
import type { CrmState } from "./crm-state.ts";

/** Every value on which the CRM and the chat differ, waiting for a person. */
export function ConflictsPanel({ state, tab }: { state: CrmState; tab: CrmTab }) {
  const rows = conflictRows(tab.conflicts);
  const notes = state.notes.value.get(tab.connection.id) ?? [];
  const crmName = tab.connection.name;
  const busy = rows.some((row) => row.members.some((member) => state.settling.value.has(member.id)));
  const panel = useRef<HTMLDivElement>(null);
  useKeepFocus(panel, rows.length);
  return (
    <div class="conflicts-area" ref={panel} tabIndex={-1}>
      {rows.length > 0 && (
        <section class="conflicts" aria-label="Pending conflicts">
          <header class="conflicts-head">
            <h3>Pending conflicts</h3>
            <span class="conflicts-count">{rows.length}</span>
          </header>
          <ul>
            {rows.map((row) => (
              <ConflictRowCard key={row.key} state={state} tab={tab} row={row} />
            ))}
          </ul>
          {rows.length > 1 && (
            <footer class="conflicts-foot">
              <ConfirmInline
                small
                label="Discard all"
                question={`Keep what ${crmName} has in these ${rows.length} rows? The chat’s values are not written.`}
                confirmLabel={`Keep ${rows.length} CRM values`}
                busy={busy}
                onConfirm={() => void settleRows(state, tab, rows, "keep_crm")}
              />
            </footer>
          )}
        </section>
      )}
      <ul class="conflicts-notes" aria-live="polite">
        {notes.map((note) => (
          <li key={`${note.label}${note.text}`}>
            <Icon node={Check} />
            <span>
              {note.label}: {note.text}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A button that settled its row goes with it; the focus then stays in the panel instead of falling to the page. */
function useKeepFocus(panel: RefObject<HTMLDivElement | null>, rowCount: number): void {
  const before = useRef(rowCount);
  useEffect(() => {
    if (rowCount < before.current && document.activeElement === document.body) {
      const next = panel.current?.querySelector<HTMLElement>(".conflict button");
      (next ?? panel.current)?.focus();
    }
    before.current = rowCount;
  }, [panel, rowCount]);
}
