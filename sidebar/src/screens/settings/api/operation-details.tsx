import { type ApiDocument, answersOf, type JsonSchema } from "../../../endpoints/api-document.ts";
import type { ListedOperation } from "./operations.ts";
import { schemaText, withoutMarks } from "./schema-text.ts";

/** Who may ask, in words. */
function accessText({ security, "x-admins-only": adminsOnly }: ListedOperation["operation"]): string {
  if (!security) return "Sent to your webhook.";
  if (security.length === 0) return "Open: nobody needs to be signed in.";
  const scope = security.flatMap(({ key = [] }) => key)[0];
  const people = adminsOnly ? "For admins" : "For everybody signed in";
  return scope ? `${people}, and for API keys with the scope ${scope}.` : `${people}, not for API keys.`;
}

export function OperationDetails({ document, method, path, operation }: ListedOperation & { document: ApiDocument }) {
  const answers = answersOf(document, operation);
  const good = answers.filter(([status]) => status < "400");
  const refused = answers.filter(([status]) => status >= "400");
  return (
    <details class="api-operation" id={operation.operationId}>
      <summary>
        <span class={`api-method api-method-${method.toLowerCase()}`}>{method}</span>
        <code class="api-path">{path}</code>
        <span class="api-summary">{operation.summary}</span>
      </summary>
      <div class="api-about">
        {operation.description && <p>{withoutMarks(operation.description)}</p>}
        <p class="ui-hint">{accessText(operation)}</p>
        {operation.parameters.length > 0 && <Parameters parameters={operation.parameters} />}
        {operation.requestBody && <Part title="Body" content={operation.requestBody.content} />}
        {good.map(([status, answer]) => (
          <Part key={status} title={`Answer ${status}: ${answer.description}`} content={answer.content} />
        ))}
        <h4>Refusals</h4>
        <dl class="api-refusals">
          {refused.map(([status, answer]) => (
            <div key={status}>
              <dt>{status}</dt>
              <dd>{answer.description}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}

function Parameters({ parameters }: { parameters: ListedOperation["operation"]["parameters"] }) {
  return (
    <>
      <h4>Parameters</h4>
      <dl class="api-parameters">
        {parameters.map((parameter) => (
          <div key={parameter.name}>
            <dt>
              <code>{parameter.name}</code>
              <span class="ui-hint">
                {" "}
                in the {parameter.in}
                {parameter.required ? "" : ", optional"}
              </span>
            </dt>
            <dd>
              <code>{schemaText(parameter.schema)}</code>
              {parameter.description && <p class="ui-hint">{parameter.description}</p>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

interface PartProps {
  title: string;
  content: Readonly<Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>> | undefined;
}

/** A body or an answer: its shape where it is JSON, and an example of it. */
function Part({ title, content = {} }: PartProps) {
  const json = content["application/json"];
  const example = (json ?? content["text/csv"])?.example;
  return (
    <>
      <h4>{title}</h4>
      {json && <pre class="settings-code">{schemaText(json.schema)}</pre>}
      {example !== undefined && (
        <figure class="api-example">
          <figcaption class="ui-hint">Example</figcaption>
          <pre class="settings-code">{typeof example === "string" ? example : JSON.stringify(example, null, 2)}</pre>
        </figure>
      )}
    </>
  );
}
