import { Refusal } from "../../../components/refusal.tsx";
import "../../../theme/mapping.css";
import type { Connection } from "@rolodesk/shared/connection";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../components/button.tsx";
import { ErrorCard, Skeleton } from "../../../components/state-cards.tsx";
import { putMapping, readMapping } from "../../../endpoints/settings.ts";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { useResource } from "../../../use-resource.ts";
import { FieldsBar } from "./fields-bar.tsx";
import {
  errorsByRow,
  type MappingRow,
  mappingOf,
  missingByRow,
  newRow,
  type RowErrors,
  rowOf,
  rowsOf,
} from "./mapping-draft.ts";
import { ObjectMapping } from "./object-mapping.tsx";
import { POLICY_WORDS } from "./policy-words.ts";
import { SampleBar } from "./sample-bar.tsx";
import { SuggestionList } from "./suggestion-list.tsx";
import { useSample } from "./use-sample.ts";
import { useSuggestions } from "./use-suggestions.ts";

interface MappingEditorProps {
  connection: Connection;
  objects: readonly string[];
  onConnection: (connection: Connection) => void;
}

/** Which of our fields goes into which property of the CRM, and who wins. Saved as a whole. */
export function MappingEditor({ connection, objects, onConnection }: MappingEditorProps) {
  const stored = useResource(`mapping-${connection.id}`, () => readMapping(connection.id));
  const [rows, setRows] = useState<readonly MappingRow[] | null>(null);
  const [sent, setSent] = useState<readonly MappingRow[]>([]);
  const [missing, setMissing] = useState<ReadonlyMap<number, RowErrors>>(new Map());
  const [saved, setSaved] = useState(false);
  const [refreshes, setRefreshes] = useState(0);
  const [fetchedAt, setFetchedAt] = useState<string | null>(null);
  const [sampled, setSampled] = useState<string | null>(null);
  const sample = useSample(connection.id, rows, sampled);
  const suggestions = useSuggestions(connection.id, rows);
  useEffect(() => {
    if (stored.data) setRows(rowsOf(stored.data));
  }, [stored.data]);

  const form = useFormSend(["fields", "required"], async () => {
    if (!rows) return;
    setSaved(false);
    setMissing(missingByRow(rows));
    if (missingByRow(rows).size > 0) return;
    setSent(rows);
    stored.set(await putMapping(connection.id, mappingOf(rows)));
    setRefreshes(refreshes + 1);
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
      <FieldsBar
        connection={connection}
        fetchedAt={fetchedAt}
        onRefreshed={(refreshed) => {
          onConnection(refreshed);
          setRefreshes(refreshes + 1);
        }}
        onSuggest={suggestions.show}
      />
      {suggestions.problem && <ErrorCard message={suggestions.problem} onRetry={suggestions.show} />}
      {suggestions.open && (
        <SuggestionList
          crmName={connection.providerName}
          namesObjects={objects.length > 1}
          suggestions={suggestions.open}
          onAccept={(accepted) => change([...rows, ...accepted.map(({ row }) => rowOf(row))])}
          onClose={suggestions.close}
        />
      )}
      <SampleBar sample={sample} onContact={setSampled} />
      {objects.map((object) => (
        <ObjectMapping
          key={object}
          connection={connection}
          object={object}
          rows={rows.filter((row) => row.object === object)}
          errors={errors}
          required={saved ? undefined : form.fields[`required.${object}`]}
          sample={sample.values}
          refreshes={refreshes}
          onFetched={setFetchedAt}
          onRow={(changed) => change(rows.map((row) => (row.key === changed.key ? changed : row)))}
          onRemove={(key) => change(rows.filter((row) => row.key !== key))}
          onAdd={() => change([...rows, newRow(object)])}
        />
      ))}
      <Refusal problem={form.problem} />
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
