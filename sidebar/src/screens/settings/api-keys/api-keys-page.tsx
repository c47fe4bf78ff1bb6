import type { MadeApiKey } from "@rolodesk/shared/api-key";
import { KeyRound } from "lucide";
import { useState } from "preact/hooks";
import { failureText } from "../../../api.ts";
import { Loaded } from "../../../components/loaded.tsx";
import { EmptyState } from "../../../components/state-cards.tsx";
import { deleteApiKey, listApiKeys } from "../../../endpoints/api-keys.ts";
import { followLink, hrefOf } from "../../../router.ts";
import { showToast } from "../../../toasts.ts";
import { useResource } from "../../../use-resource.ts";
import { OpensForm } from "../opens-form.tsx";
import { PageHeader } from "../page-header.tsx";
import { ShownOnce } from "../shown-once.tsx";
import { KeyForm } from "./key-form.tsx";
import { KeyRow } from "./key-row.tsx";

export function ApiKeysPage() {
  const keys = useResource("api-keys", listApiKeys);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeApiKey | null>(null);

  async function revoke(id: string): Promise<void> {
    try {
      await deleteApiKey(id);
      if (made?.key.id === id) setMade(null);
      keys.reload();
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
        action={<OpensForm icon={KeyRound} label="New key" isOpen={making} onOpen={() => setMaking(true)} />}
      />
      {making && (
        <KeyForm
          onDone={(fresh) => {
            setMaking(false);
            if (!fresh) return;
            setMade(fresh);
            keys.reload();
          }}
        />
      )}
      {made && (
        <ShownOnce
          title="Copy this key now"
          what="key"
          about="It is not shown again. Whoever has it can use it: keep it like a password."
          text={made.secret}
          onClose={() => setMade(null)}
        />
      )}
      <Loaded of={keys} loading="Loading API keys">
        {({ keys: all }) =>
          all.length === 0 ? (
            !making && <EmptyState>No program has a key yet.</EmptyState>
          ) : (
            <ul class="settings-list">
              {all.map((key) => (
                <KeyRow key={key.id} apiKey={key} onRevoke={() => void revoke(key.id)} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}
