import type { ImportBatchDetail } from "@rolodesk/shared/import-batch";
import { ROW_CLASSES, ROW_PUSHES, ROW_STATUSES } from "@rolodesk/shared/vocabulary";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { ConfirmInline } from "../../components/confirm-inline.tsx";
import { Select } from "../../components/field.tsx";
import { counted } from "../../counted.ts";
import { postApproval, postCheck, postUndoImport, type RowQuery, rowsFile } from "../../endpoints/batches.ts";
import { FilterSearch } from "../../filters/filter-search.tsx";
import { navigate, place } from "../../router.ts";
import { showToast } from "../../toasts.ts";
import { FilePush } from "./file-push.tsx";
import { FileRows } from "./file-rows.tsx";
import { CLASS_MEANS, CLASS_WORDS, countOf, PUSH_WORDS, STATUS_WORDS } from "./file-words.ts";

interface FileReviewProps {
  batch: ImportBatchDetail;
  onChanged: () => void;
}

/** The rows of a file by class and by what became of them, and what can be done with all of a kind. */
export function FileReview({ batch, onChanged }: FileReviewProps) {
  const query = readRowQuery(place.value.query);
  const show = (change: Partial<Record<keyof RowQuery, string>>) =>
    navigate(`/imports/files/${batch.id}${searchOf({ ...query, ...change })}`, { replace: true });
  return (
    <>
      <ul class="files-classes" aria-label="Rows by class">
        {ROW_CLASSES.map((kind) => {
          const rows = countOf(batch, (one) => one.class === kind);
          const waiting = countOf(batch, (one) => one.class === kind && one.status === "pending");
          return (
            <li key={kind}>
              <button
                type="button"
                class="files-class"
                aria-pressed={query.class === kind}
                title={CLASS_MEANS[kind]}
                onClick={() => show({ class: query.class === kind ? "" : kind })}
              >
                <span>{CLASS_WORDS[kind]}</span>
                <b>{rows.toLocaleString()}</b>
                <span class="ui-hint">
                  {waiting > 0 ? `${waiting.toLocaleString()} wait` : rows > 0 ? "decided" : "none"}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {batch.staged && <Actions batch={batch} query={query} onChanged={onChanged} />}
      <search class="log-filters" aria-label="Filter rows">
        <FilterSearch label="Search the rows" value={query.search ?? ""} onSearch={(search) => show({ search })} />
        <Select
          aria-label="State"
          value={query.status ?? ""}
          options={[
            { value: "", label: "Any state" },
            ...ROW_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] })),
          ]}
          onValue={(status) => show({ status })}
        />
        <Select
          aria-label="Differences"
          value={query.differing ?? ""}
          options={[
            { value: "", label: "With and without differences" },
            { value: "true", label: `With differences to settle (${batch.differing.toLocaleString()})` },
          ]}
          onValue={(differing) => show({ differing })}
        />
        {batch.pushConnection && (
          <Select
            aria-label="Push"
            value={query.push ?? ""}
            options={[
              { value: "", label: "Any push" },
              ...ROW_PUSHES.map((value) => ({ value, label: PUSH_WORDS[value] })),
            ]}
            onValue={(push) => show({ push })}
          />
        )}
        <a class="ui-link files-download" href={rowsFile(batch.id, query)} download>
          Download these rows
        </a>
      </search>
      <FileRows key={searchOf(query)} batch={batch} query={query} onChanged={onChanged} />
    </>
  );
}

function Actions({ batch, query, onChanged }: FileReviewProps & { query: RowQuery }) {
  const [busy, setBusy] = useState<string | null>(null);
  const approvable = countOf(
    batch,
    (one) =>
      one.status === "pending" && (one.class === "matched" || one.class === "unmatched" || one.class === "duplicate"),
  );
  const ofClass = query.class ? countOf(batch, (one) => one.status === "pending" && one.class === query.class) : 0;
  const waiting = countOf(batch, ({ status }) => status === "pending");
  const idle = batch.work === null || batch.work.kind === "importing";

  async function run(name: string, work: () => Promise<string>): Promise<void> {
    setBusy(name);
    try {
      showToast(await work());
      onChanged();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    } finally {
      setBusy(null);
    }
  }
  const approve = (kind: RowQuery["class"] | null) => async () => {
    const { rows } = await postApproval(batch.id, { class: kind ?? null });
    return `${counted(rows, "row", "rows")} approved.`;
  };
  return (
    <div class="files-actions">
      {approvable > 0 && (
        <Button look="solid" busy={busy === "all"} disabled={!idle} onClick={() => void run("all", approve(null))}>
          Approve all {approvable.toLocaleString()}
        </Button>
      )}
      {query.class && ofClass > 0 && query.class !== "ambiguous" && query.class !== "invalid" && (
        <Button busy={busy === "class"} disabled={!idle} onClick={() => void run("class", approve(query.class))}>
          Approve {ofClass.toLocaleString()} {CLASS_WORDS[query.class].toLowerCase()}
        </Button>
      )}
      {waiting > 0 && (
        <Button
          busy={busy === "check"}
          disabled={batch.work !== null}
          title="Compares the rows that wait with the contacts there are now"
          onClick={() =>
            void run("check", async () => {
              await postCheck(batch.id);
              return "The rows are compared anew.";
            })
          }
        >
          Compare anew
        </Button>
      )}
      {batch.created > 0 && batch.work === null && (
        <ConfirmInline
          danger
          busy={busy === "undo"}
          label="Undo the import"
          question={`Take out the ${counted(batch.created, "contact", "contacts")} this file has made? Those that somebody has touched since stay.`}
          confirmLabel="Take them out"
          onConfirm={() =>
            void run("undo", async () => {
              await postUndoImport(batch.id);
              return "The contacts are taken out.";
            })
          }
        />
      )}
      <FilePush batch={batch} onChanged={onChanged} />
    </div>
  );
}

function readRowQuery(params: URLSearchParams): RowQuery {
  return {
    class: ROW_CLASSES.find((known) => known === params.get("class")),
    status: ROW_STATUSES.find((known) => known === params.get("status")),
    push: ROW_PUSHES.find((known) => known === params.get("push")),
    differing: params.get("differing") === "true" ? "true" : undefined,
    search: params.get("search") ?? undefined,
  };
}

function searchOf(query: Partial<Record<keyof RowQuery, string>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []));
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
