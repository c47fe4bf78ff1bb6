import type { Connection } from "@rolodesk/shared/connection";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { ConfirmInline } from "../../components/confirm-inline.tsx";
import { counted } from "../../counted.ts";
import { postRetryFailed } from "../../endpoints/sync-log.ts";
import { showToast } from "../../toasts.ts";

interface RetryProps {
  connection: Pick<Connection, "id" | "name">;
  /** How many syncs of it have been given up. */
  failed: number;
  onRetried: () => void;
}

/** Takes everything of a connection out of the dead letter, after saying how much that is. */
export function RetryFailed({ connection: { id, name }, failed, onRetried }: RetryProps) {
  const [busy, setBusy] = useState(false);
  if (failed === 0) return null;
  const what = `${counted(failed, "failed sync", "failed syncs")} of ${name}`;

  async function retry(): Promise<void> {
    setBusy(true);
    try {
      const { retried } = await postRetryFailed(id);
      showToast(`${counted(retried, "sync", "syncs")} to ${name} will be tried again.`);
      onRetried();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    } finally {
      setBusy(false);
    }
  }
  return (
    <ConfirmInline
      small
      busy={busy}
      label={`Retry all ${what}`}
      question={`${what}, on all sites, will be tried again. What has been written before is not written twice.`}
      confirmLabel="Retry them"
      onConfirm={() => void retry()}
    />
  );
}
