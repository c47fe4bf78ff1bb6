import type { ImportBatchDetail, ImportRowDetail } from "@rolodesk/shared/import-batch";
import { useEffect, useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ErrorCard, Skeleton } from "../../components/state-cards.tsx";
import { Tag } from "../../components/tag.tsx";
import { postApproval, postRejection, readImportRow } from "../../endpoints/batches.ts";
import { FileRowCandidates } from "./file-row-candidates.tsx";
import { FileRowTable } from "./file-row-table.tsx";
import { notesOfRow, rowTag } from "./file-words.ts";

interface FileRowDialogProps {
  batch: ImportBatchDetail;
  line: number;
  neighbours: { previous: number | null; next: number | null };
  onOpen: (line: number) => void;
  onClose: () => void;
  onChanged: () => void;
}

/** One row beside the contact it is about: correct it, choose, decide, go on to the next. */
export function FileRowDialog({ batch, line, neighbours, onOpen, onClose, onChanged }: FileRowDialogProps) {
  const [row, setRow] = useState<ImportRowDetail | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    let left = false;
    readImportRow(batch.id, line).then(
      (read) => !left && setRow(read),
      (error) => !left && setProblem(failureText(error)),
    );
    return () => {
      left = true;
    };
  }, [batch.id, batch.version, line]);

  async function change(work: () => Promise<ImportRowDetail>): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      setRow(await work());
      onChanged();
    } catch (error) {
      setProblem(failureText(error));
      // a difference that has moved is shown as it is now
      setRow(await readImportRow(batch.id, line).catch(() => row));
    } finally {
      setBusy(false);
    }
  }
  const decide = (what: typeof postApproval) =>
    change(async () => {
      await what(batch.id, { lines: [line] });
      return await readImportRow(batch.id, line);
    });
  const tag = row && rowTag(row);
  const canApprove = row?.status === "pending" && row.class !== "invalid" && (row.class !== "ambiguous" || row.chosen);
  return (
    <Dialog title={`Row ${line.toLocaleString()}`} look="wide" onClose={onClose}>
      <div class="files-row" aria-busy={busy}>
        {problem && <ErrorCard message={problem} />}
        {!row && !problem && <Skeleton lines={6} label="Loading the row" />}
        {row && tag && (
          <>
            <div class="ui-row">
              <Tag tone={tag.tone}>{tag.text}</Tag>
              {row.decidedBy && <span class="ui-hint">Decided by {row.decidedBy}</span>}
            </div>
            <ul class="files-notes">
              {notesOfRow(row).map(({ words }) => (
                <li key={words}>{words}</li>
              ))}
              {row.problem && <li class="log-bad">{row.problem}</li>}
              {row.pushReason && <li>{row.pushReason}</li>}
            </ul>
            {row.status === "pending" && <FileRowCandidates batch={batch} row={row} onChange={change} />}
            <FileRowTable batch={batch} row={row} onChange={change} />
          </>
        )}
        <div class="ui-row files-row-actions">
          {canApprove && (
            <Button look="solid" busy={busy} onClick={() => void decide(postApproval)}>
              Approve
            </Button>
          )}
          {row?.status === "pending" && (
            <Button busy={busy} onClick={() => void decide((id, rows) => postRejection(id, rows, ""))}>
              Reject
            </Button>
          )}
          <span class="files-space" />
          <Button
            look="quiet"
            disabled={neighbours.previous === null}
            onClick={() => neighbours.previous !== null && onOpen(neighbours.previous)}
          >
            Previous
          </Button>
          <Button
            look="quiet"
            disabled={neighbours.next === null}
            onClick={() => neighbours.next !== null && onOpen(neighbours.next)}
          >
            Next
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
