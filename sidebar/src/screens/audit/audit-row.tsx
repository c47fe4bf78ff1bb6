import type { AuditEntry } from "@rolodesk/shared/audit";
import { RelativeTime } from "../../components/relative-time.tsx";
import { absoluteTime } from "../../relative-time.ts";
import { followLink, hrefOf } from "../../router.ts";
import { actionText, actorText, detailsOf, objectName, objectText, pageOf } from "./audit-words.ts";

interface AuditRowProps {
  entry: AuditEntry;
  /** Shows everything that was done to this entry's object. */
  onObject: () => void;
}

export function AuditRow({ entry, onObject }: AuditRowProps) {
  const name = objectName(entry);
  const page = pageOf(entry);
  return (
    <li>
      <details class="audit-row">
        <summary>
          <span class="audit-main">
            <span class="audit-action">{actionText(entry.action)}</span>
            <span class="ui-hint" dir="auto">
              {actorText(entry.actor)}
              {name && ` · ${name}`}
            </span>
          </span>
          <RelativeTime at={entry.at} style="short" />
        </summary>
        <dl class="audit-details">
          <Detail name="When" value={absoluteTime(entry.at)} />
          <Detail name={objectText(entry.object.kind)} value={entry.object.id} />
          {detailsOf(entry).map((detail) => (
            <Detail key={detail.name} {...detail} />
          ))}
        </dl>
        <div class="ui-row">
          {page && (
            <a class="ui-link" href={hrefOf(page.path)} onClick={followLink}>
              Open the {page.of}
            </a>
          )}
          <button type="button" class="ui-link" onClick={onObject}>
            Everything that was done to it
          </button>
        </div>
      </details>
    </li>
  );
}

function Detail({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{value}</dd>
    </div>
  );
}
