import type { SettleConflicts } from "@rolodesk/shared/conflict";
import type { ConflictUnit } from "@rolodesk/shared/conflict-queue";
import { Undo2 } from "lucide";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { postUndo } from "../../endpoints/conflict-queue.ts";
import { postSettle } from "../../endpoints/crm.ts";
import { showToast } from "../../toasts.ts";
import { isAboutContact } from "../crm/conflict-rows.ts";
import { labelOf, seenOf } from "./unit-words.ts";

type Doing = SettleConflicts["decision"] | "undo";

/** What may be done with one conflict: decide it, or take the decision back. */
export function UnitActions({ unit, onChanged }: { unit: ConflictUnit; onChanged: () => void }) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const [status] = unit.members.map((member) => member.status);

  async function act(what: Doing, work: () => Promise<string | null>): Promise<void> {
    setDoing(what);
    try {
      const problem = await work();
      if (problem) showToast(problem, { tone: "danger" });
      onChanged();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    } finally {
      setDoing(null);
    }
  }
  if (status === "applying") return <p class="queue-applying">Being written</p>;
  if (status === "pending") {
    const decide = (decision: SettleConflicts["decision"]) => void act(decision, () => settle(unit, decision));
    return (
      <div class="queue-actions">
        <Button
          small
          busy={doing === "use_chat"}
          disabled={doing !== null && doing !== "use_chat"}
          onClick={() => decide("use_chat")}
        >
          {isAboutContact(unit.members) ? "Use our value" : "Use chat value"}
        </Button>
        <Button
          small
          busy={doing === "keep_crm"}
          disabled={doing !== null && doing !== "keep_crm"}
          onClick={() => decide("keep_crm")}
        >
          Keep CRM value
        </Button>
      </div>
    );
  }
  if (!unit.undoable) return null;
  return (
    <div class="queue-actions">
      <Button small icon={Undo2} busy={doing === "undo"} onClick={() => void act("undo", () => undo(unit))}>
        Undo
      </Button>
    </div>
  );
}

/** Answers what stood in the way, or null. */
async function settle(unit: ConflictUnit, decision: SettleConflicts["decision"]): Promise<string | null> {
  const { results } = await postSettle({ decision, conflicts: seenOf([unit]) });
  const missed = results.find(({ outcome }) => outcome !== "applied" && outcome !== "kept");
  if (!missed) return null;
  const what = `${labelOf(unit)} of ${unit.person.label}`;
  if (missed.outcome === "stale") return `${what}: a value changed since you looked. Decide again.`;
  if (missed.outcome === "already_settled") {
    return `${what}: ${missed.conflict.decidedBy ?? "Somebody"} was faster.`;
  }
  return `${what}: ${missed.conflict.problem ?? "it could not be written."}`;
}

async function undo(unit: ConflictUnit): Promise<string | null> {
  const { outcome, message } = await postUndo(unit.id);
  return outcome === "undone" ? null : (message ?? "It could not be undone.");
}
