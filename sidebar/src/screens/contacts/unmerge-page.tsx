import "../../theme/merge.css";
import type { UnmergePreview } from "@rolodesk/shared/contact-merge";
import { DetailPage } from "../../components/detail-page.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { readMerge, undoMerge } from "../../endpoints/merges.ts";
import { ConfirmSend } from "../../forms/confirm-send.tsx";
import { useFormSend } from "../../forms/use-form-send.ts";
import { followLink, hrefOf } from "../../router.ts";
import { showToast } from "../../toasts.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { countsWords } from "./merge-words.ts";

/** One merge, and what undoing it would give back. */
export function UnmergePage({ id }: { id: string }) {
  const merge = useResource(`merge:${id}`, () => readMerge(id));
  useTitle("Merge");
  return (
    <DetailPage back={{ path: "/contacts/merges", label: "Merges" }}>
      <Loaded of={merge} loading="Loading the merge" lines={5}>
        {(preview) => <Story preview={preview} onUndone={merge.set} />}
      </Loaded>
    </DetailPage>
  );
}

function Story({ preview, onUndone }: { preview: UnmergePreview; onUndone: (preview: UnmergePreview) => void }) {
  const { merge, returns, stays, obstacle } = preview;
  const form = useFormSend([], async () => {
    onUndone(await undoMerge(merge.id));
    showToast("They are two contacts again.");
  });
  return (
    <>
      <header class="log-head">
        <h1>
          <bdi>{merge.merged.label}</bdi> into <bdi>{merge.survivor.label}</bdi>
        </h1>
        <p class="log-lead">
          {merge.by} · <RelativeTime at={merge.at} />
          {merge.moved.length > 0 && ` · moved ${countsWords(merge.moved)}`}
        </p>
      </header>
      <div class="ui-row">
        <PersonLink id={merge.survivor.id} label={merge.survivor.label} />
        {merge.undoneAt && <PersonLink id={merge.merged.id} label={merge.merged.label} />}
      </div>
      {merge.undoneAt && (
        <section class="queue-card">
          <h2>
            Undone by {merge.undoneBy} <RelativeTime at={merge.undoneAt} />
          </h2>
          <Stays rows={merge.stayed ?? []} />
        </section>
      )}
      {!merge.undoneAt && obstacle && <p class="log-why">{obstacle}</p>}
      {!merge.undoneAt && !obstacle && (
        <section class="queue-card">
          <h2>Undo it</h2>
          <p>
            {returns.length > 0 ? `Goes back: ${countsWords(returns)}.` : "Nothing but the contact itself comes back."}
          </p>
          <Stays rows={stays} />
          <p class="ui-hint">What came since the merge stays with {merge.survivor.label}.</p>
          <ConfirmSend
            form={form}
            label="Make them two again"
            question="Give back what was moved?"
            confirmLabel="Undo the merge"
          />
        </section>
      )}
    </>
  );
}

function PersonLink({ id, label }: { id: string; label: string }) {
  return (
    <a class="ui-button ui-button-outline" href={hrefOf(`/contacts/${id}`)} onClick={followLink} dir="auto">
      Open {label}
    </a>
  );
}

function Stays({ rows }: { rows: readonly { what: string; count: number; why: string }[] }) {
  if (rows.length === 0) return <p class="log-none">Nothing of what was moved stays behind.</p>;
  return (
    <ul class="merge-stays">
      {rows.map((row) => (
        <li key={`${row.what} ${row.why}`}>
          {countsWords([row])}: {row.why}
        </li>
      ))}
    </ul>
  );
}
