import type { MadeApiKey } from "@rolodesk/shared/api-key";
import { KeyRound } from "lucide";
import { useState } from "preact/hooks";
import { failureText } from "../../../api.ts";
import { Button } from "../../../components/button.tsx";
import { EmptyState, ErrorCard, Skeleton } from "../../../components/state-cards.tsx";
import { deleteApiKey, listApiKeys } from "../../../endpoints/api-keys.ts";
import { followLink, hrefOf } from "../../../router.ts";
import { showToast } from "../../../toasts.ts";
import { useResource } from "../../../use-resource.ts";
import { PageHeader } from "../page-header.tsx";
import { KeyForm } from "./key-form.tsx";
import { KeyRow } from "./key-row.tsx";
import { MadeKey } from "./made-key.tsx";

export function ApiKeysPage() {
  const { data, problem, reload } = useResource("api-keys", listApiKeys);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeApiKey | null>(null);

  async function revoke(id: string): Promise<void> {
    try {
      await deleteApiKey(id);
      if (made?.key.id === id) setMade(null);
      reload();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    }
  }
  return (
    <>
      <PageHeader
        title="API keys"
        lead={
          <>
            With a key, your own programs use the{" "}
            <a class="ui-link" href={hrefOf("/settings/api")} onClick={followLink}>
              API
            </a>{" "}
            in your name.
          </>
        }
        action={
          <Button icon={KeyRound} look="solid" onClick={() => setMaking(true)}>
            New key
          </Button>
        }
      />
      {making && (
        <KeyForm
          onDone={(fresh) => {
            setMaking(false);
            if (!fresh) return;
            setMade(fresh);
            reload();
          }}
        />
      )}
      {made && <MadeKey made={made} onClose={() => setMade(null)} />}
      {problem && <ErrorCard message={problem} onRetry={reload} />}
      {!data && !problem && <Skeleton lines={4} label="Loading API keys" />}
      {data?.keys.length === 0 && !making && <EmptyState>No program has a key yet.</EmptyState>}
      <ul class="settings-list">
        {data?.keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={() => void revoke(key.id)} />
        ))}
      </ul>
    </>
  );
}
