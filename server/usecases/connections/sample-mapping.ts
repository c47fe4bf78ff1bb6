import type { MappingSample, SampleInput } from "@rolodesk/shared/mapping";
import type { UserActor } from "../../actor.ts";
import { listDirectory } from "../../db/queries/contact-directory.ts";
import type { Deps } from "../../deps.ts";
import { fullName } from "../../domain/identity/name.ts";
import { shownValue } from "../../domain/sync/shown-value.ts";
import { readDryRunSubject } from "../sync/dry-run-subject.ts";
import { mappedValue } from "../sync/plan-run.ts";
import { createPushContext } from "../sync/push-context.ts";
import { getConnection } from "./get-connection.ts";

const NO_HISTORY = { choice: null, createSentAt: null, plan: null, trigger: "agent" } as const;

/** What each row, saved or not, would give the CRM of one of our contacts: by the code of the push, without any call. */
export async function sampleMapping(
  deps: Deps,
  actor: UserActor,
  id: string,
  { contactId, fields }: SampleInput,
): Promise<MappingSample> {
  const connection = await getConnection(deps.db, actor, id);
  const latest = contactId ?? (await listDirectory(deps.db, { siteIds: null }, 1))[0]?.id;
  if (!latest) return { person: null, values: fields.map(() => ({ value: null, problem: null })) };
  const subject = await readDryRunSubject(deps, { contactId: latest });
  const mapping = fields.map((field, position) => ({
    ...field,
    ...{ id: deps.newId(), connectionId: id, position, described: null },
  }));
  const context = await createPushContext(deps, connection, subject, NO_HISTORY, { mapping });
  const { contact } = subject;
  return {
    person: { id: contact.id, name: fullName(contact), email: contact.email, phone: contact.phone },
    values: mapping.map((row) => {
      const { value, problem } = mappedValue(context, row);
      return { value: shownValue(value), problem };
    }),
  };
}
