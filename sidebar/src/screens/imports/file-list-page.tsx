import type { ImportBatch } from "@rolodesk/shared/import-batch";
import { FileSpreadsheet } from "lucide";
import { Icon } from "../../components/icon.tsx";
import { Paged } from "../../components/paged.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
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
      <Paged
        pages={pages}
        loading="Loading files"
        empty={<EmptyState>No file was brought in yet. Those that are will be listed here.</EmptyState>}
      >
        {(batches) => (
          <ul class="log-rows" aria-label="Files">
            {batches.map((batch) => (
              <FileItem key={batch.id} batch={batch} />
            ))}
          </ul>
        )}
      </Paged>
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
          {batch.problem && <span class="log-row-why ui-clamp log-bad">{batch.problem}</span>}
        </span>
        <span class="log-row-outcome">
          <Tag tone={tone}>{text}</Tag>
        </span>
        <RelativeTime at={batch.createdAt} style="short" />
      </a>
    </li>
  );
}
