import "../../../theme/api.css";
import { useState } from "preact/hooks";
import { TextField } from "../../../components/field.tsx";
import { Loaded } from "../../../components/loaded.tsx";
import { EmptyState } from "../../../components/state-cards.tsx";
import { type ApiDocument, readApiDocument } from "../../../endpoints/api-document.ts";
import { useResource } from "../../../use-resource.ts";
import { PageHeader } from "../page-header.tsx";
import { OperationDetails } from "./operation-details.tsx";
import { operationsOf } from "./operations.ts";
import { schemaText, withoutMarks } from "./schema-text.ts";

/** The API to read, as the server itself describes it. */
export function ApiPage() {
  const document = useResource("api-document", readApiDocument);
  return (
    <>
      <PageHeader
        title="API"
        action={
          <a class="ui-link" href="/api/openapi.json" target="_blank" rel="noreferrer">
            OpenAPI document
          </a>
        }
      />
      <Loaded of={document} loading="Loading the API" lines={6}>
        {(data) => <Reference document={data} />}
      </Loaded>
    </>
  );
}

function Reference({ document }: { document: ApiDocument }) {
  const [search, setSearch] = useState("");
  const groups = document.tags
    .map(({ name }) => ({ name, operations: operationsOf(document, name, search) }))
    .filter(({ operations }) => operations.length > 0);
  return (
    <>
      <div class="api-intro">
        {document.info.description.split("\n\n").map((part) => (
          <p key={part}>{withoutMarks(part)}</p>
        ))}
      </div>
      <TextField label="Find" value={search} onValue={setSearch} />
      {groups.length === 0 && <EmptyState>Nothing in the API is called that.</EmptyState>}
      {groups.map(({ name, operations }) => (
        <section key={name} class="api-group" aria-label={name}>
          <h3>{name}</h3>
          <div class="settings-list">
            {operations.map((listed) => (
              <OperationDetails key={listed.operation.operationId} document={document} {...listed} />
            ))}
          </div>
        </section>
      ))}
      {search === "" && <Shapes document={document} />}
    </>
  );
}

function Shapes({ document }: { document: ApiDocument }) {
  return (
    <section class="api-group" aria-label="Shapes">
      <h3>Shapes</h3>
      <div class="settings-list">
        {Object.entries(document.components.schemas).map(([name, schema]) => (
          <details key={name} class="api-operation">
            <summary>
              <code class="api-path">{name}</code>
            </summary>
            <div class="api-about">
              <pre class="settings-code">{schemaText(schema)}</pre>
            </div>
          </details>
        ))}
      </div>
    </section>
  );
}
