import type { Connection } from "@rolodesk/shared/connection";
import type { ContactSync, ImportKind } from "@rolodesk/shared/import-run";
import { useState } from "preact/hooks";
import { ApiFailure, failureText } from "../../../api.ts";
import { Button } from "../../../components/button.tsx";
import { Refusal } from "../../../components/refusal.tsx";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { ErrorCard, Skeleton } from "../../../components/state-cards.tsx";
import { postImport, readContactSync } from "../../../endpoints/imports.ts";
import { followLink, hrefOf, navigate } from "../../../router.ts";
import { useResource } from "../../../use-resource.ts";
import { ContactSyncForm } from "./contact-sync-form.tsx";

/** How the people of a CRM come in as contacts, and the start of an import. Nothing where its people are not imported. */
export function ContactsCard({ connection }: { connection: Connection }) {
  const { data, problem, reload, set } = useResource(
    `contacts ${connection.id}`,
    () => readSync(connection.id),
    ({ kind }) => kind === "import",
  );
  if (problem && !data) return <ErrorCard message={problem} onRetry={reload} />;
  if (!data) return <Skeleton lines={4} label="Loading the contacts" />;
  const { sync } = data;
  if (!sync) return null;
  const { providerName } = connection;
  return (
    <section class="settings-card" aria-labelledby="contacts-title">
      <h3 id="contacts-title">Contacts from {providerName}</h3>
      <p class="ui-hint">
        People of {providerName} become contacts here, and what changes there follows. An import only reads: nothing is
        written to {providerName}.
      </p>
      <Start connection={connection} sync={sync} onStarted={reload} />
      <ContactSyncForm
        key={connection.id}
        connectionId={connection.id}
        providerName={providerName}
        sync={sync}
        onSaved={(saved) => set({ sync: saved })}
      />
    </section>
  );
}

/** A refusal says that this CRM's people are not imported. */
async function readSync(connectionId: string): Promise<{ readonly sync: ContactSync | null }> {
  try {
    return { sync: await readContactSync(connectionId) };
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 409) return { sync: null };
    throw error;
  }
}

interface StartProps {
  connection: Connection;
  sync: ContactSync;
  onStarted: () => void;
}

function Start({ connection, sync, onStarted }: StartProps) {
  const [busy, setBusy] = useState<ImportKind | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  async function start(kind: ImportKind): Promise<void> {
    setBusy(kind);
    setProblem(null);
    try {
      const run = await postImport({ connectionId: connection.id, kind });
      onStarted();
      navigate(`/imports/crms/${run.id}`);
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(null);
    }
  }
  if (sync.unfinishedRunId) {
    return (
      <p role="status">
        An import is under way.{" "}
        <a class="ui-link" href={hrefOf(`/imports/crms/${sync.unfinishedRunId}`)} onClick={followLink}>
          Show it
        </a>
      </p>
    );
  }
  return (
    <>
      <p role="status">
        {sync.fullAt ? (
          <>
            Everybody was read <RelativeTime at={sync.fullAt} />.
          </>
        ) : (
          "Nobody was brought in yet."
        )}
      </p>
      <div class="ui-row">
        <Button busy={busy === "full"} onClick={() => void start("full")}>
          Import everybody
        </Button>
        {sync.fullAt && (
          <Button busy={busy === "changes"} onClick={() => void start("changes")}>
            Read changes now
          </Button>
        )}
      </div>
      <Refusal problem={problem} />
    </>
  );
}
