import type { Connection } from "@rolodesk/shared/connection";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../components/button.tsx";
import { ErrorCard, Skeleton } from "../../../components/state-cards.tsx";
import { putMapping, readMapping } from "../../../endpoints/settings.ts";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { useResource } from "../use-resource.ts";
import {
  errorsByRow,
  type MappingRow,
  mappingOf,
  missingByRow,
  newRow,
  type RowErrors,
  rowsOf,
} from "./mapping-draft.ts";
import { ObjectMapping } from "./object-mapping.tsx";
import { POLICY_WORDS } from "./policy-words.ts";

/** Which of our fields goes into which property of the CRM, and who wins. Saved as a whole. */
export function MappingEditor({ connection, objects }: { connection: Connection; objects: readonly string[] }) {
  const stored = useResource(`mapping-${connection.id}`, () => readMapping(connection.id));
  const [rows, setRows] = useState<readonly MappingRow[] | null>(null);
  const [sent, setSent] = useState<readonly MappingRow[]>([]);
  const [missing, setMissing] = useState<ReadonlyMap<number, RowErrors>>(new Map());
  const [saved, setSaved] = useState(false);
  useEffect(() => {
    if (stored.data) setRows(rowsOf(stored.data));
  }, [stored.data]);

  const form = useFormSend(["fields"], async () => {
    if (!rows) return;
    setSaved(false);
    setMissing(missingByRow(rows));
    if (missingByRow(rows).size > 0) return;
    setSent(rows);
    stored.set(await putMapping(connection.id, mappingOf(rows)));
    setSaved(true);
  });
  if (stored.problem) return <ErrorCard message={stored.problem} onRetry={stored.reload} />;
  if (!rows) return <Skeleton lines={6} label="Loading the mapping" />;
  const errors = missing.size > 0 ? missing : errorsByRow(form.fields, sent);

  function change(next: readonly MappingRow[]): void {
    setSaved(false);
    setMissing(new Map());
    setRows(next);
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        form.send();
      }}
    >
      {objects.map((object) => (
        <ObjectMapping
          key={object}
          connection={connection}
          object={object}
          rows={rows.filter((row) => row.object === object)}
          errors={errors}
          onRow={(changed) => change(rows.map((row) => (row.key === changed.key ? changed : row)))}
          onRemove={(key) => change(rows.filter((row) => row.key !== key))}
          onAdd={() => change([...rows, newRow(object)])}
        />
      ))}
      {form.problem && (
        <p class="ui-field-error" role="alert">
          {form.problem}
        </p>
      )}
      {errors.size > 0 && (
        <p class="ui-field-error" role="alert">
          Not saved. Mend the rows marked above.
        </p>
      )}
      <div class="ui-row mapping-save">
        <Button type="submit" look="solid" busy={form.busy}>
          Save the mapping
        </Button>
        <span class="settings-saved" role="status">
          {saved && "Saved."}
        </span>
      </div>
      <PolicyHelp />
    </form>
  );
}

function PolicyHelp() {
  return (
    <details class="settings-details">
      <summary>What the policies mean</summary>
      <dl class="mapping-policies">
        {Object.entries(POLICY_WORDS).map(([policy, words]) => (
          <div key={policy}>
            <dt>{words.label}</dt>
            <dd>{words.does}</dd>
          </div>
        ))}
      </dl>
      <p class="ui-hint">Whatever the policy, an empty answer never erases anything in the CRM.</p>
    </details>
  );
}
