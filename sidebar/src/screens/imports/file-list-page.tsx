import type { ImportBatch } from "@rolodesk/shared/import-batch";
import { FileSpreadsheet } from "lucide";
import { Icon } from "../../components/icon.tsx";
import { MoreRows } from "../../components/more-rows.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { EmptyState, ErrorCard, Skeleton } from "../../components/state-cards.tsx";
import { Tag } from "../../components/tag.tsx";
import { counted } from "../../counted.ts";
import { listBatches } from "../../endpoints/batches.ts";
import { followLink, hrefOf } from "../../router.ts";
import { usePages } from "../../use-pages.ts";
import { useTitle } from "../../use-title.ts";
import { FileDrop } from "./file-drop.tsx";
import { batchTag, fileSize } from "./file-words.ts";

/** Where files are dropped, and those that were. */
export function FileListPage() {
  useTitle("Imports from files");
  const pages = usePages({ key: "files", read: listBatches, follows: ({ kind }) => kind === "import_batch" });
  return (
    <>
      <FileDrop />
      {pages.problem && <ErrorCard message={pages.problem} onRetry={pages.reload} />}
      {!pages.items && !pages.problem && <Skeleton lines={4} label="Loading files" />}
      {pages.items?.length === 0 && <EmptyState>No file was brought in yet. What was is listed here.</EmptyState>}
      {pages.items && pages.items.length > 0 && (
        <ul class="log-rows" aria-label="Files">
          {pages.items.map((batch) => (
            <FileItem key={batch.id} batch={batch} />
          ))}
        </ul>
      )}
      <MoreRows pages={pages} />
    </>
  );
}

function FileItem({ batch }: { batch: ImportBatch }) {
  const { tone, text } = batchTag(batch);
  return (
    <li>
      <a class="log-row" href={hrefOf(`/imports/files/${batch.id}`)} onClick={followLink}>
        <Icon node={FileSpreadsheet} size={20} />
        <span class="log-row-main">
          <span class="log-row-name" dir="auto">
            {batch.fileName}
          </span>
          <span class="log-row-about">
            {batch.createdBy} · {fileSize(batch.sizeBytes)}
            {batch.total > 0 && ` · ${counted(batch.total, "row", "rows")}`}
          </span>
          {batch.problem && <span class="log-row-why log-bad">{batch.problem}</span>}
        </span>
        <span class="log-row-outcome">
          <Tag tone={tone}>{text}</Tag>
        </span>
        <RelativeTime at={batch.createdAt} style="short" />
      </a>
    </li>
  );
}
