import type { Tx } from "../../db/client.ts";
import { type ConflictRow, updateConflict } from "../../db/queries/conflict.ts";
import { type CrmLinkRow, closeLink, listOpenConflicts, updateLink } from "../../db/queries/crm-link.ts";

/**
 * Two links whose records the CRM made one: the older stays, in whatever order this is heard of, and takes the other's open
 * questions, except those it has one of its own for. The other contact is without a link then; its next push asks an agent.
 */
export async function joinLinks(
  tx: Tx,
  providerName: string,
  one: CrmLinkRow,
  other: CrmLinkRow,
): Promise<{ readonly kept: CrmLinkRow; readonly ended: CrmLinkRow; readonly conflicts: readonly ConflictRow[] }> {
  const [kept, ended] = one.id < other.id ? [one, other] : [other, one];
  const own = new Set((await listOpenConflicts(tx, kept.id)).map(({ property }) => property));
  const conflicts = await listOpenConflicts(tx, ended.id);
  for (const row of conflicts) {
    await updateConflict(
      tx,
      row.id,
      own.has(row.property)
        ? {
            status: "void",
            problem: `The records were merged in ${providerName}, and the other had this question too.`,
          }
        : { linkId: kept.id, contactId: kept.contactId },
    );
  }
  await closeLink(tx, ended.id, `Merged in ${providerName} into a record that is linked to another contact.`);
  const aliases = [...new Set([...kept.aliases, ...ended.aliases, ended.externalId])];
  await updateLink(tx, kept.id, { aliases });
  return { kept: { ...kept, aliases }, ended, conflicts };
}
