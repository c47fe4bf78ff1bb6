import type { SettleConflicts } from "@rolodesk/shared/conflict";
import type { ConflictUnit, DraftSettlement } from "@rolodesk/shared/conflict-queue";
import { useEffect, useRef, useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { counted } from "../../counted.ts";
import { postSettlement } from "../../endpoints/conflict-queue.ts";
import { navigate } from "../../router.ts";
import { showToast } from "../../toasts.ts";
import { type QueueFilter, toConflictFilter } from "./queue-query.ts";
import { seenOf } from "./unit-words.ts";

interface BulkBarProps {
  filter: QueueFilter;
  /** How many fit the filter, counted up to 1,000. */
  total: number;
  selectable: readonly ConflictUnit[];
  selected: readonly ConflictUnit[];
  onChoose: (on: boolean) => void;
}

const COUNTED_UP_TO = 1000;
/** One request names at most this many values. */
const MOST_NAMED = 200;

/** Chooses rows, or all that fit, and leads to what a decision about them would do. */
export function BulkBar({ filter, total, selectable, selected, onChoose }: BulkBarProps) {
  const [all, setAll] = useState(false);
  const [busy, setBusy] = useState<SettleConflicts["decision"] | null>(null);
  const every = selected.length === selectable.length;
  const covers = all && every;
  const tooMany = !covers && seenOf(selected).length > MOST_NAMED;

  async function draft(decision: SettleConflicts["decision"]): Promise<void> {
    const { state: _open, ...narrowed } = toConflictFilter(filter);
    const scope: DraftSettlement["scope"] = covers
      ? { kind: "filter", filter: narrowed }
      : { kind: "rows", conflicts: seenOf(selected) };
    setBusy(decision);
    try {
      const { id } = await postSettlement({ decision, scope });
      navigate(`/conflicts/settlements/${id}`);
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
      setBusy(null);
    }
  }
  return (
    <div class="queue-bar">
      <SelectAll
        checked={every}
        some={selected.length > 0}
        onCheck={(on) => {
          setAll(false);
          onChoose(on);
        }}
      />
      <p class="queue-chosen" role="status">
        {covers ? `All ${totalText(total)} chosen` : counted(selected.length, "conflict chosen", "conflicts chosen")}
        {every && !all && total > selectable.length && (
          <button type="button" class="ui-link" onClick={() => setAll(true)}>
            Choose all {totalText(total)} that fit
          </button>
        )}
        {tooMany && " · too many to name: choose all that fit instead"}
      </p>
      <div class="queue-actions">
        <Button
          small
          busy={busy === "use_chat"}
          disabled={selected.length === 0 || tooMany || busy === "keep_crm"}
          onClick={() => void draft("use_chat")}
        >
          Use chat values…
        </Button>
        <Button
          small
          busy={busy === "keep_crm"}
          disabled={selected.length === 0 || tooMany || busy === "use_chat"}
          onClick={() => void draft("keep_crm")}
        >
          Keep CRM values…
        </Button>
      </div>
    </div>
  );
}

function totalText(total: number): string {
  return total >= COUNTED_UP_TO ? `${COUNTED_UP_TO.toLocaleString()} or more` : total.toLocaleString();
}

function SelectAll({ checked, some, onCheck }: { checked: boolean; some: boolean; onCheck: (on: boolean) => void }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = some && !checked;
  }, [some, checked]);
  return (
    <input
      ref={box}
      type="checkbox"
      class="queue-check"
      checked={checked}
      aria-label="Choose all conflicts shown"
      onChange={(event) => onCheck(event.currentTarget.checked)}
    />
  );
}
