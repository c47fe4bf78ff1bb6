import type { Connection } from "@rolodesk/shared/connection";
import { useState } from "preact/hooks";
import { failureText } from "../../../api.ts";
import { Button } from "../../../components/button.tsx";
import { ConfirmInline } from "../../../components/confirm-inline.tsx";
import { Refusal } from "../../../components/refusal.tsx";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { Tag } from "../../../components/tag.tsx";
import { deleteConnection, postConnectionAction } from "../../../endpoints/settings.ts";
import { navigate } from "../../../router.ts";
import { showToast } from "../../../toasts.ts";
import { STATUS_WORDS, waitingText } from "./connection-words.ts";
import { MappingFaults } from "./mapping-faults.tsx";

type Action = "check" | "pause" | "resume" | "remove";

interface StatusCardProps {
  connection: Connection;
  onChanged: (connection: Connection) => void;
}

export function ConnectionStatusCard({ connection, onChanged }: StatusCardProps) {
  const [doing, setDoing] = useState<Action | null>(null);
  const [told, setTold] = useState<{ text: string; failed: boolean } | null>(null);
  const status = STATUS_WORDS[connection.status];

  async function attempt(action: Action): Promise<void> {
    setDoing(action);
    setTold(null);
    try {
      if (action === "remove") {
        await deleteConnection(connection.id);
        showToast(`${connection.name} is disconnected.`);
        navigate("/settings/connections", { replace: true });
        return;
      }
      const changed = await postConnectionAction(connection.id, action);
      onChanged(changed);
      if (action === "check") setTold(checkedText(changed));
    } catch (error) {
      setTold({ text: failureText(error), failed: true });
    } finally {
      setDoing(null);
    }
  }

  return (
    <section class="settings-card" aria-label="State">
      <div class="settings-state">
        <Tag tone={status.tone}>{status.text}</Tag>
        <span>{waitingText(connection.waitingRuns)}</span>
        <span>
          {connection.lastSyncedAt ? (
            <>
              Last sync <RelativeTime at={connection.lastSyncedAt} />
            </>
          ) : (
            "Nothing synced yet"
          )}
        </span>
        <span title="Account id">Account {connection.accountId}</span>
      </div>
      <Refusal problem={connection.problem} />
      <MappingFaults connection={connection} />
      <div class="ui-row">
        <Button busy={doing === "check"} onClick={() => void attempt("check")}>
          Check now
        </Button>
        {connection.status === "paused" ? (
          <Button busy={doing === "resume"} onClick={() => void attempt("resume")}>
            Resume
          </Button>
        ) : (
          <Button busy={doing === "pause"} onClick={() => void attempt("pause")}>
            Pause
          </Button>
        )}
        <ConfirmInline
          danger
          label="Disconnect"
          question={`Syncs to ${connection.name} stop and waiting ones are dropped. Records in the CRM stay as they are. Links come back when you reconnect the same account.`}
          confirmLabel="Disconnect"
          busy={doing === "remove"}
          onConfirm={() => void attempt("remove")}
        />
      </div>
      <p class={told?.failed ? "ui-field-error" : "settings-saved"} role="status">
        {told?.text}
      </p>
    </section>
  );
}

function checkedText(connection: Connection): { text: string; failed: boolean } {
  return connection.problem === null
    ? { text: `${connection.providerName} answers and accepts the key.`, failed: false }
    : { text: connection.problem, failed: true };
}
