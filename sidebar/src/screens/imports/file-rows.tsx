import type { ImportBatchDetail, ImportRow, ImportRowPage } from "@rolodesk/shared/import-batch";
import { fieldLabel } from "@rolodesk/shared/vocabulary";
import { useEffect, useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { EmptyState, ErrorCard, Skeleton } from "../../components/state-cards.tsx";
import { Tag } from "../../components/tag.tsx";
import { counted } from "../../counted.ts";
import { listImportRows, postApproval, postRejection, type RowQuery } from "../../endpoints/batches.ts";
import { showToast } from "../../toasts.ts";
import { FileRowDialog } from "./file-row-dialog.tsx";
import { rowTag } from "./file-words.ts";

const ROWS = 50;
/** Columns a list has room for; the rest is in the row's own view. */
const COLUMNS_SHOWN = 5;

interface FileRowsProps {
  batch: ImportBatchDetail;
  query: RowQuery;
  onChanged: () => void;
}

/** The rows that fit, a page at a time: however long the file is, a page is a page. */
export function FileRows({ batch, query, onChanged }: FileRowsProps) {
  const [starts, setStarts] = useState<readonly number[]>([0]);
  const [page, setPage] = useState<ImportRowPage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [open, setOpen] = useState<number | null>(null);
  const [asked, setAsked] = useState(0);
  const after = starts.at(-1) ?? 0;

  useEffect(() => {
    let left = false;
    listImportRows(batch.id, query, after, ROWS).then(
      (read) => {
        if (left) return;
        setProblem(null);
        setPage(read);
      },
      (error) => !left && setProblem(failureText(error)),
    );
    return () => {
      left = true;
    };
  }, [batch.id, batch.version, after, asked]);

  function goTo(next: readonly number[]): void {
    setChosen(new Set());
    setPage(null);
    setStarts(next);
  }
  function changed(): void {
    setAsked(asked + 1);
    onChanged();
  }
  if (problem) return <ErrorCard message={problem} onRetry={() => setAsked(asked + 1)} />;
  if (!page) return <Skeleton lines={10} label="Loading rows" />;
  if (page.items.length === 0) return <EmptyState>No row fits these filters.</EmptyState>;
  const fields = batch.mapping.filter((field) => field !== null).slice(0, COLUMNS_SHOWN);
  const waiting = page.items.filter(({ status }) => status === "pending");
  return (
    <>
      <ChosenBar batch={batch} lines={[...chosen]} onDone={() => setChosen(new Set())} onChanged={changed} />
      <div class="log-table-frame">
        <table class="log-table files-rows">
          <caption class="ui-sr">Rows of the file</caption>
          <thead>
            <tr>
              <th scope="col">
                <input
                  type="checkbox"
                  aria-label="Choose every row of this page that waits"
                  disabled={waiting.length === 0}
                  checked={waiting.length > 0 && waiting.every(({ line }) => chosen.has(line))}
                  onChange={(event) =>
                    setChosen(new Set(event.currentTarget.checked ? waiting.map(({ line }) => line) : []))
                  }
                />
              </th>
              <th scope="col">Row</th>
              <th scope="col">What it is</th>
              {fields.map((field) => (
                <th scope="col" key={field}>
                  {fieldLabel(field)}
                </th>
              ))}
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {page.items.map((row) => (
              <Row
                key={row.line}
                row={row}
                fields={fields}
                chosen={chosen.has(row.line)}
                onChoose={(on) => setChosen(withLine(chosen, row.line, on))}
                onOpen={() => setOpen(row.line)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div class="files-pager">
        <Button disabled={starts.length === 1} onClick={() => goTo(starts.slice(0, -1))}>
          Previous
        </Button>
        <Button disabled={page.nextAfter === null} onClick={() => goTo([...starts, page.nextAfter ?? after])}>
          Next
        </Button>
      </div>
      {open !== null && (
        <FileRowDialog
          key={open}
          batch={batch}
          line={open}
          neighbours={neighboursOf(page.items, open)}
          onOpen={setOpen}
          onClose={() => setOpen(null)}
          onChanged={changed}
        />
      )}
    </>
  );
}

interface RowProps {
  row: ImportRow;
  fields: readonly string[];
  chosen: boolean;
  onChoose: (on: boolean) => void;
  onOpen: () => void;
}

function Row({ row, fields, chosen, onChoose, onOpen }: RowProps) {
  const { tone, text } = rowTag(row);
  const why = [...row.notes.map(({ words }) => words), row.problem, row.pushReason].filter(Boolean).join(" ");
  return (
    <tr>
      <td>
        {row.status === "pending" && (
          <input
            type="checkbox"
            aria-label={`Choose row ${row.line}`}
            checked={chosen}
            onChange={(event) => onChoose(event.currentTarget.checked)}
          />
        )}
      </td>
      <th scope="row">
        <button type="button" class="ui-link" aria-label={`Open row ${row.line}`} onClick={onOpen}>
          {row.line.toLocaleString()}
        </button>
      </th>
      <td>
        <Tag tone={tone}>{text}</Tag>
        {row.openDifferences > 0 && (
          <span class="log-shared">{counted(row.openDifferences, "difference", "differences")}</span>
        )}
        {row.chosen && <span class="log-shared">Chosen by hand</span>}
      </td>
      {fields.map((field) => (
        <td key={field} class={isKey(field) ? "files-key" : undefined} title={row.cells[field]} dir="auto">
          {row.cells[field] ?? ""}
        </td>
      ))}
      <td class="files-row-why">
        {row.contact && <span dir="auto">{row.contact.name}</span>}
        {why && <span class="log-shared">{why}</span>}
      </td>
    </tr>
  );
}

interface ChosenBarProps {
  batch: ImportBatchDetail;
  lines: readonly number[];
  onDone: () => void;
  onChanged: () => void;
}

function ChosenBar({ batch, lines, onDone, onChanged }: ChosenBarProps) {
  const [busy, setBusy] = useState<"approve" | "reject" | null>(null);
  async function decide(what: "approve" | "reject"): Promise<void> {
    setBusy(what);
    try {
      const selection = { lines: [...lines] };
      const { rows } =
        what === "approve" ? await postApproval(batch.id, selection) : await postRejection(batch.id, selection, "");
      showToast(`${counted(rows, "row", "rows")} ${what === "approve" ? "approved" : "rejected"}.`);
      onDone();
      onChanged();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    } finally {
      setBusy(null);
    }
  }
  if (lines.length === 0) return null;
  return (
    <div class="files-chosen" role="status">
      <span>{counted(lines.length, "row", "rows")} chosen</span>
      <Button small busy={busy === "approve"} onClick={() => void decide("approve")}>
        Approve
      </Button>
      <Button small busy={busy === "reject"} onClick={() => void decide("reject")}>
        Reject
      </Button>
    </div>
  );
}

/** What is compared as a whole is shown on one line. */
function isKey(field: string): boolean {
  return field === "email" || field === "phone";
}

function withLine(lines: ReadonlySet<number>, line: number, on: boolean): ReadonlySet<number> {
  const next = new Set(lines);
  if (on) next.add(line);
  else next.delete(line);
  return next;
}

function neighboursOf(rows: readonly ImportRow[], line: number): { previous: number | null; next: number | null } {
  const at = rows.findIndex((row) => row.line === line);
  return { previous: rows[at - 1]?.line ?? null, next: rows[at + 1]?.line ?? null };
}
