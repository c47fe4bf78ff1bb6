import type { Connection } from "@rolodesk/shared/connection";
import { RefreshCw, Sparkles } from "lucide";
import { useState } from "preact/hooks";
import { failureText } from "../../../api.ts";
import { Button } from "../../../components/button.tsx";
import { Refusal } from "../../../components/refusal.tsx";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { refreshFields } from "../../../endpoints/settings.ts";

interface FieldsBarProps {
  connection: Connection;
  /** When the CRM's fields were read; null until that is known. */
  fetchedAt: string | null;
  onRefreshed: (connection: Connection) => void;
  onSuggest: () => void;
}

/** How old the list of the CRM's fields is, and what can be asked for anew. */
export function FieldsBar({ connection, fetchedAt, onRefreshed, onSuggest }: FieldsBarProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function refresh(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      onRefreshed(await refreshFields(connection.id));
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <div class="mapping-bar">
      <span class="ui-hint">
        {fetchedAt && (
          <>
            Fields of {connection.providerName} as of <RelativeTime at={fetchedAt} />
          </>
        )}
      </span>
      <div class="ui-row">
        <Button small icon={RefreshCw} busy={busy} onClick={() => void refresh()}>
          Refresh
        </Button>
        <Button small icon={Sparkles} onClick={onSuggest}>
          Suggest fields
        </Button>
      </div>
      <Refusal problem={problem} />
    </div>
  );
}
