import type { ImportBatchDetail } from "@rolodesk/shared/import-batch";
import { failureText } from "../../api.ts";
import { ConfirmInline } from "../../components/confirm-inline.tsx";
import { DetailPage } from "../../components/detail-page.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { Tag } from "../../components/tag.tsx";
import { deleteBatch, readBatch } from "../../endpoints/batches.ts";
import { useNow } from "../../now.ts";
import { followLink, hrefOf, navigate } from "../../router.ts";
import { showToast } from "../../toasts.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { FileLayoutForm } from "./file-layout.tsx";
import { FileReview } from "./file-review.tsx";
import { batchTag, countOf, fileSize, workText } from "./file-words.ts";

const RENEW_MS = 1_000;

/** One file: how it is read, then its rows, then what became of them. */
export function FilePage({ id }: { id: string }) {
  const file = useResource(
    `batch ${id}`,
    () => readBatch(id),
    (change) => change.kind === "import_batch" && change.id === id,
  );
  useTitle(file.data?.fileName ?? "Import");
  return (
    <DetailPage wide back={{ path: "/imports/files", label: "Files" }}>
      <Loaded of={file} loading="Loading the file" lines={6}>
        {(batch) => (
          <>
            <FileHead batch={batch} />
            {!batch.staged && !batch.work && <FileLayoutForm batch={batch} onStarted={file.reload} />}
            {(batch.staged || batch.work) && batch.total > 0 && <FileReview batch={batch} onChanged={file.reload} />}
          </>
        )}
      </Loaded>
    </DetailPage>
  );
}

function FileHead({ batch }: { batch: ImportBatchDetail }) {
  const { tone, text } = batchTag(batch);
  return (
    <header class="log-head">
      <div class="log-title">
        <h1 dir="auto">{batch.fileName}</h1>
        <Tag tone={tone}>{text}</Tag>
      </div>
      <p class="log-lead">
        {fileSize(batch.sizeBytes)}, sent by {batch.createdBy} <RelativeTime at={batch.createdAt} />
        {batch.staged && batch.source !== batch.fileName && `, from “${batch.source}”`}
      </p>
      {batch.sameAs && (
        <p class="log-note">
          The very same file was brought in before:{" "}
          <a class="ui-link" href={hrefOf(`/imports/files/${batch.sameAs.id}`)} onClick={followLink}>
            {batch.sameAs.fileName}
          </a>
          . Nobody comes in twice.
        </p>
      )}
      {batch.problem && <p class="log-note log-bad">{batch.problem}</p>}
      {batch.work && <Progress work={batch.work} />}
      <Discard batch={batch} />
    </header>
  );
}

function Progress({ work }: { work: NonNullable<ImportBatchDetail["work"]> }) {
  const now = useNow(RENEW_MS);
  return (
    <div class="queue-progress">
      <progress
        max={work.total > 0 ? work.total : undefined}
        value={work.total > 0 ? work.done : undefined}
        aria-label="Progress"
      />
      <p role="status">{workText(work, now)}</p>
    </div>
  );
}

/** A file of which nobody was brought in can be thrown away. */
function Discard({ batch }: { batch: ImportBatchDetail }) {
  const broughtIn = countOf(batch, ({ status }) => status === "imported" || status === "approved");
  if (batch.work || broughtIn > 0) return null;
  async function discard(): Promise<void> {
    try {
      await deleteBatch(batch.id);
      navigate("/imports/files");
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    }
  }
  return (
    <div class="files-discard">
      <ConfirmInline
        small
        label="Discard"
        question="Throw this file and its rows away?"
        confirmLabel="Discard"
        onConfirm={() => void discard()}
      />
    </div>
  );
}
