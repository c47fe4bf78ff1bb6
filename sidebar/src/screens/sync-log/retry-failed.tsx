import type { Connection } from "@rolodesk/shared/connection";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { ConfirmInline } from "../../components/confirm-inline.tsx";
import { counted } from "../../counted.ts";
import { countFailedRuns, postRetryFailed } from "../../endpoints/sync-log.ts";
import { showToast } from "../../toasts.ts";
import { useResource } from "../../use-resource.ts";

/** Retries the whole dead letter of a connection, after saying how much that is. */
export function RetryFailed({ connection, onRetried }: { connection: Connection; onRetried: () => void }) {
  const { data, reload } = useResource(`failed ${connection.id}`, () => countFailedRuns(connection.id));
  const [busy, setBusy] = useState(false);
  if (!data || data.failed === 0) return null;
  const failed = counted(data.failed, "failed sync", "failed syncs");

  async function retry(): Promise<void> {
    setBusy(true);
    try {
      const { retried } = await postRetryFailed(connection.id);
      showToast(`${counted(retried, "sync", "syncs")} to ${connection.name} will be tried again.`);
      reload();
      onRetried();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    } finally {
      setBusy(false);
    }
  }
  return (
    <div class="log-note">
      <ConfirmInline
        small
        busy={busy}
        label={`Retry all ${failed} of ${connection.name}`}
        question={`${failed} of ${connection.name}, on all sites, will be tried again. What has been written before is not written twice.`}
        confirmLabel="Retry them"
        onConfirm={() => void retry()}
      />
    </div>
  );
}
