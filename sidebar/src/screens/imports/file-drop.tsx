import type { ImportBatchDetail } from "@rolodesk/shared/import-batch";
import { FileUp } from "lucide";
import { useRef, useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { ErrorCard } from "../../components/state-cards.tsx";
import { EXAMPLE_FILE } from "../../endpoints/batches.ts";
import { navigate } from "../../router.ts";
import { uploadFile } from "../../upload-file.ts";

/** Takes a file by drag and drop or by choosing it, sends it, and leads to its page. */
export function FileDrop() {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [sent, setSent] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function send(file: File | undefined): Promise<void> {
    if (!file || sent !== null) return;
    setProblem(null);
    setSent(0);
    try {
      const name = new URLSearchParams({ name: file.name.slice(0, 200) });
      const batch = await uploadFile<ImportBatchDetail>(`/api/batches?${name}`, file, setSent);
      navigate(`/imports/files/${batch.id}`);
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setSent(null);
      if (input.current) input.current.value = "";
    }
  }
  return (
    <>
      <section
        aria-label="Bring in a file"
        class={`file-drop${over ? " file-drop-over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void send(event.dataTransfer?.files[0]);
        }}
      >
        <Icon node={FileUp} size={20} />
        {sent === null ? (
          <>
            <p>Drop a file of people here: CSV of at most 100 MB, or Excel (.xlsx) of at most 25 MB.</p>
            <p class="ui-hint">Nobody is brought in before you have seen every row.</p>
          </>
        ) : (
          <p role="status">
            <progress max={1} value={sent} aria-label="Sent" /> {Math.round(sent * 100)} % sent
          </p>
        )}
        <div class="ui-row">
          <Button look="solid" busy={sent !== null} onClick={() => input.current?.click()}>
            Choose a file
          </Button>
          <a class="ui-link" href={EXAMPLE_FILE} download>
            Download an example
          </a>
        </div>
        <input
          ref={input}
          class="ui-sr"
          type="file"
          tabIndex={-1}
          aria-label="File of people"
          accept=".csv,.tsv,.txt,.xlsx"
          onChange={(event) => void send(event.currentTarget.files?.[0])}
        />
      </section>
      {problem && <ErrorCard message={problem} />}
    </>
  );
}
