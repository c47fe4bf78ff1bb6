import { CRMS } from "./simulated-crms.ts";
import type { SyncRig } from "./sync-rig.ts";
import { linksOf, peopleIn } from "./sync-state.ts";

interface Tally {
  /** Pushes that have ended in nothing a CRM or an agent knows of. */
  readonly lost: number;
  /** Records with a key another record of the same CRM has too, and second live links. */
  readonly doubled: number;
}

/** What a story has lost and doubled, from the CRMs' own stores and our tables. */
export async function tally(rig: SyncRig): Promise<Tally> {
  const lost = (await rig.runs()).filter(({ status }) => status !== "done").length;
  const records = CRMS.flatMap((crm) =>
    peopleIn(rig, crm).flatMap(({ values }) => {
      const keys = [values.email ?? values.emailaddress1, values.phone ?? values.telephone1];
      return keys.filter((key) => typeof key === "string").map((key) => `${crm} ${key}`);
    }),
  );
  const live = (await linksOf(rig)).filter(({ state }) => state === "live");
  const links = live.map(({ connectionId, contactId }) => `${connectionId} ${contactId}`);
  return { lost, doubled: repeated(records) + repeated(links) };
}

function repeated(items: readonly string[]): number {
  return items.length - new Set(items).size;
}
