import "../../../theme/mapping.css";
import type { Connection } from "@rolodesk/shared/connection";
import { followLink, hrefOf } from "../../../router.ts";

/** What broke in a connection's mapping, with the way to mend it; nothing while all is well. */
export function MappingFaults({ connection }: { connection: Connection }) {
  const { id, mappingFaults, mappingProblem, providerName } = connection;
  if (mappingFaults.length === 0 && !mappingProblem) return null;
  return (
    <div class="mapping-faults" role="alert">
      {mappingFaults.map(({ object, property, words }) => (
        <p key={`${object} ${property} ${words}`} class="ui-field-error">
          {words}
        </p>
      ))}
      {mappingProblem && (
        <p class="ui-field-error">
          The fields of {providerName} could not be read: {mappingProblem}
        </p>
      )}
      {mappingFaults.length > 0 && (
        <a class="ui-link" href={hrefOf(`/settings/connections/${id}?tab=mapping`)} onClick={followLink}>
          Mend the mapping
        </a>
      )}
    </div>
  );
}

/** The same in one line, for a list. */
export function faultsLine({ mappingFaults }: Connection): string | null {
  const [first, ...others] = mappingFaults;
  if (!first) return null;
  return others.length === 0 ? first.words : `${first.words} And ${others.length} more in its mapping.`;
}
