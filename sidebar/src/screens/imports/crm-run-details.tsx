import type { ImportDetail, ImportRun } from "@rolodesk/shared/import-run";
import { Download } from "lucide";
import { useState } from "preact/hooks";
import { Icon } from "../../components/icon.tsx";
import { Paged } from "../../components/paged.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Table } from "../../components/table.tsx";
import { Tag } from "../../components/tag.tsx";
import { detailsFileOf, listImportDetails } from "../../endpoints/imports.ts";
import { usePages } from "../../use-pages.ts";
import { webAddress } from "../../web-address.ts";
import { OUTCOME_TAGS } from "./crm-words.ts";

const SHOWN = ["all", "error", "conflict", "skipped"] as const;
type Shown = (typeof SHOWN)[number];
const SHOWN_WORDS: Readonly<Record<Shown, string>> = {
  all: "All",
  error: "Errors",
  conflict: "Conflicts",
  skipped: "Skipped",
};

/** The records of which there is something to say; the others came in as they are. */
export function CrmRunDetails({ run }: { run: ImportRun }) {
  const [shown, setShown] = useState<Shown>("all");
  const pages = usePages({
    key: `details ${run.id} ${shown}`,
    read: (page) => listImportDetails(run.id, shown === "all" ? undefined : shown, page),
    follows: ({ kind, id }) => kind === "import" && id === run.id,
  });
  return (
    <section class="log-section">
      <div class="log-title">
        <h2>Single records</h2>
        <Segmented
          label="Show"
          value={shown}
          options={SHOWN.map((value) => ({ value, label: SHOWN_WORDS[value] }))}
          onValue={setShown}
        />
      </div>
      <Paged
        pages={pages}
        loading="Loading records"
        lines={3}
        empty={<p class="log-none">No record needs a word: none failed, differs or was left out.</p>}
      >
        {(details) => (
          <>
            <DetailsTable details={details} />
            <a class="ui-link import-download" href={detailsFileOf(run.id)} download>
              <Icon node={Download} />
              Download as CSV
            </a>
          </>
        )}
      </Paged>
    </section>
  );
}

function DetailsTable({ details }: { details: readonly ImportDetail[] }) {
  return (
    <Table columns={["Record", "Result", "Why"]}>
      {details.map((detail) => (
        <tr key={detail.id}>
          <th scope="row" dir="auto">
            <RecordName detail={detail} />
          </th>
          <td>
            <Tag tone={OUTCOME_TAGS[detail.outcome].tone}>{OUTCOME_TAGS[detail.outcome].text}</Tag>
          </td>
          <td>{detail.reason}</td>
        </tr>
      ))}
    </Table>
  );
}

function RecordName({ detail: { label, url } }: { detail: ImportDetail }) {
  const address = url && webAddress(url);
  if (!address) return <>{label}</>;
  return (
    <a class="ui-link" href={address} target="_blank" rel="noreferrer noopener">
      {label}
    </a>
  );
}
