import { useState } from "preact/hooks";
import { failureText } from "../../../api.ts";
import { ConfirmInline } from "../../../components/confirm-inline.tsx";
import { postRetryFailed } from "../../../endpoints/sync-log.ts";
import { showToast } from "../../../toasts.ts";

interface RetryProps {
  connectionId: string;
  connectionName: string;
  failed: number;
  onRetried: () => void;
}

/** Takes everything of a connection out of the dead letter, after saying how much that is. */
export function RetryFailedHere({ connectionId, connectionName, failed, onRetried }: RetryProps) {
  const [busy, setBusy] = useState(false);
  const what = failed === 1 ? "1 failed sync" : `${failed.toLocaleString()} failed syncs`;

  async function retry(): Promise<void> {
    setBusy(true);
    try {
      const { retried } = await postRetryFailed(connectionId);
      showToast(`${retried === 1 ? "1 sync" : `${retried} syncs`} to ${connectionName} will be tried again.`);
      onRetried();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    } finally {
      setBusy(false);
    }
  }
  return (
    <ConfirmInline
      busy={busy}
      label={`Retry all ${what}`}
      question={`${what}, on all sites, will be tried again. What has been written before is not written twice.`}
      confirmLabel="Retry them"
      onConfirm={() => void retry()}
    />
  );
}
