import type { ImportBatchDetail, ImportRowDetail } from "@rolodesk/shared/import-batch";
import { Button } from "../../components/button.tsx";
import { postChoice } from "../../endpoints/batches.ts";

interface FileRowCandidatesProps {
  batch: ImportBatchDetail;
  row: ImportRowDetail;
  onChange: (work: () => Promise<ImportRowDetail>) => Promise<void>;
}

/** Who an unclear row could be. Nothing is chosen beforehand: the first is not a guess. */
export function FileRowCandidates({ batch, row, onChange }: FileRowCandidatesProps) {
  if (row.class !== "ambiguous") return null;
  const choose = (contactId: string | null) => onChange(() => postChoice(batch.id, row.line, contactId));
  return (
    <fieldset class="files-candidates">
      <legend>Who is this?</legend>
      <ul>
        {row.candidates.map((candidate) => (
          <li key={candidate.id}>
            <span class="files-candidate">
              <b dir="auto">{candidate.name}</b>
              <span class="log-shared" dir="auto">
                {[candidate.values.company, ...candidate.emails, ...candidate.phones].filter(Boolean).join(" · ")}
              </span>
            </span>
            {row.chosen && row.contact?.id === candidate.id ? (
              <span class="ui-hint">Chosen</span>
            ) : (
              <Button small onClick={() => void choose(candidate.id)}>
                This one
              </Button>
            )}
          </li>
        ))}
      </ul>
      {row.chosen && row.contact === null ? (
        <p class="ui-hint">A new contact will be made.</p>
      ) : (
        <Button small onClick={() => void choose(null)}>
          Somebody new
        </Button>
      )}
    </fieldset>
  );
}
