import type { BatchPreview, FileLayout, ImportBatchDetail } from "@rolodesk/shared/import-batch";
import { FILE_DELIMITERS, FILE_ENCODINGS, type FileDelimiter } from "@rolodesk/shared/vocabulary";
import { useEffect, useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { ErrorCard, Skeleton } from "../../components/state-cards.tsx";
import { Switch } from "../../components/switch.tsx";
import { postReading, previewBatch } from "../../endpoints/batches.ts";
import { countryOptions } from "../settings/sites/countries.ts";
import { FilePreview } from "./file-preview.tsx";

const DELIMITER_WORDS: Readonly<Record<FileDelimiter, string>> = {
  ",": "Comma",
  ";": "Semicolon",
  "\t": "Tab",
  "|": "Vertical bar",
};
const PREVIEW_DELAY_MS = 250;

/** How the file is read: proposed from its first rows, tried out on them, and then done. */
export function FileLayoutForm({ batch, onStarted }: { batch: ImportBatchDetail; onStarted: () => void }) {
  const { encoding, delimiter, hasHeader, mapping, defaultCountry, source } = batch;
  const [layout, setLayout] = useState<FileLayout>({ encoding, delimiter, hasHeader, mapping, defaultCountry, source });
  const [preview, setPreview] = useState<BatchPreview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<FileLayout>) => setLayout({ ...layout, ...part });

  useEffect(() => {
    let left = false;
    const timer = setTimeout(() => {
      previewBatch(batch.id, { ...layout, source: layout.source.trim() || batch.fileName }).then(
        (read) => {
          if (left) return;
          setProblem(null);
          setPreview(read);
        },
        (error) => !left && setProblem(failureText(error)),
      );
    }, PREVIEW_DELAY_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [batch.id, layout]);

  // another delimiter makes other columns: the mapping that was proposed for them is what counts then
  const columns =
    preview?.mapping.length === layout.mapping.length ? layout.mapping : (preview?.mapping ?? layout.mapping);

  async function start(): Promise<void> {
    setBusy(true);
    try {
      await postReading(batch.id, { ...layout, mapping: columns });
      onStarted();
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <section class="files-layout" aria-label="How the file is read">
        {batch.format === "csv" && (
          <>
            <SelectField
              label="Encoding"
              value={layout.encoding}
              options={FILE_ENCODINGS.map((value) => ({ value, label: value.toUpperCase() }))}
              onValue={(value) => change({ encoding: value })}
              hint={layout.encoding === "windows-1252" ? "Not UTF-8: look whether accents are right below." : undefined}
            />
            <SelectField
              label="Cells are parted by"
              value={layout.delimiter}
              options={FILE_DELIMITERS.map((value) => ({ value, label: DELIMITER_WORDS[value] }))}
              onValue={(value) => change({ delimiter: value })}
            />
          </>
        )}
        <SelectField
          label="Country of the telephone numbers"
          value={layout.defaultCountry ?? ""}
          options={countryOptions()}
          onValue={(value) => change({ defaultCountry: value || null })}
        />
        <TextField
          label="Source"
          value={layout.source}
          onValue={(value) => change({ source: value })}
          hint="Stands on every contact that is made."
        />
        <Switch
          label="The first row names the columns"
          hint="Off: it is a person like the others."
          checked={layout.hasHeader}
          onChange={(value) => change({ hasHeader: value })}
        />
      </section>
      {problem && <ErrorCard message={problem} />}
      {!preview && !problem && <Skeleton lines={6} label="Reading the first rows" />}
      {preview && (
        <FilePreview
          preview={preview}
          mapping={columns}
          onMap={(column, target) =>
            change({ mapping: columns.map((known, index) => (index === column ? target : known)) })
          }
        />
      )}
      <div class="ui-row log-actions">
        <Button look="solid" busy={busy} disabled={!preview} onClick={() => void start()}>
          Read all rows
        </Button>
        <span class="ui-hint">Nobody is brought in yet: you review the rows next.</span>
      </div>
    </>
  );
}
