import type { ImportBatchDetail } from "@rolodesk/shared/import-batch";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Select } from "../../components/field.tsx";
import { counted } from "../../counted.ts";
import { postPush } from "../../endpoints/batches.ts";
import { listConnections } from "../../endpoints/settings.ts";
import { showToast } from "../../toasts.ts";
import { useResource } from "../../use-resource.ts";
import { countOf, PUSH_WORDS } from "./file-words.ts";

/** Creates the imported people in a CRM, and says what became of them there. */
export function FilePush({ batch, onChanged }: { batch: ImportBatchDetail; onChanged: () => void }) {
  const connections = useResource("connections", listConnections).data?.connections ?? [];
  const active = connections.filter(({ status }) => status === "active");
  const [chosen, setChosen] = useState(batch.pushConnection?.id ?? "");
  const [busy, setBusy] = useState(false);
  const imported = countOf(batch, ({ status }) => status === "imported");
  const preferred = active.find(({ provider }) => provider === "ghl") ?? active[0];
  const connectionId = chosen || preferred?.id || "";
  if (imported === 0 || active.length === 0) return null;
  const failed = countOf(batch, ({ push }) => push === "failed" || push === "choose");

  async function push(): Promise<void> {
    setBusy(true);
    try {
      const retry = failed > 0 && connectionId === batch.pushConnection?.id;
      const { rows } = await postPush(batch.id, { connectionId, retry });
      showToast(rows === 0 ? "Everybody is linked there already." : `${counted(rows, "person", "people")} in line.`);
      onChanged();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    } finally {
      setBusy(false);
    }
  }
  return (
    <div class="files-push">
      <Select
        aria-label="CRM to push to"
        value={connectionId}
        options={active.map(({ id, name }) => ({ value: id, label: name }))}
        onValue={setChosen}
      />
      <Button busy={busy} disabled={batch.work !== null} onClick={() => void push()}>
        {failed > 0 && connectionId === batch.pushConnection?.id ? "Push the rest again" : "Push to the CRM"}
      </Button>
      {batch.pushConnection && (
        <span class="ui-hint">
          {batch.pushConnection.name}:{" "}
          {(["created", "linked", "choose", "failed", "waiting"] as const)
            .map((outcome) => ({ outcome, rows: countOf(batch, ({ push: one }) => one === outcome) }))
            .filter(({ rows }) => rows > 0)
            .map(({ outcome, rows }) => `${PUSH_WORDS[outcome].toLowerCase()} ${rows.toLocaleString()}`)
            .join(", ") || "nothing yet"}
        </span>
      )}
    </div>
  );
}
