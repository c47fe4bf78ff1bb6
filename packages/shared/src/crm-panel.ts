import { z } from "zod";
import { Conflict } from "./conflict.ts";
import { Id, Instant } from "./ids.ts";
import { ShownValue, SyncRun } from "./sync-run.ts";
import { CONNECTION_STATUSES, MATCHED_BY, NOTE_STATUSES, PROVIDERS } from "./vocabulary.ts";

/** One tab of the CRM sidebar: a person as one CRM knows them. */
export const CrmTab = z.object({
  connection: z.object({
    id: Id,
    provider: z.enum(PROVIDERS),
    providerName: z.string(),
    name: z.string(),
    status: z.enum(CONNECTION_STATUSES),
    problem: z.string().nullable(),
  }),
  link: z
    .object({
      object: z.string(),
      externalId: z.string(),
      url: z.string().nullable(),
      matchedBy: z.enum(MATCHED_BY),
      /** In words, e.g. "Matched by email ana@example.com." */
      matchedReason: z.string(),
      linkedAt: Instant,
      lastSyncedAt: Instant,
    })
    .nullable(),
  /** The mapped fields, in mapping order: what we know beside what the CRM held when last read. */
  values: z.array(
    z.object({ field: z.string(), label: z.string(), property: z.string(), crm: ShownValue, ours: ShownValue }),
  ),
  latestRun: SyncRun.nullable(),
  conflicts: z.array(Conflict),
  /** This conversation's transcript as a note on the record; null where none is wanted or none is due yet. */
  transcript: z.object({ status: z.enum(NOTE_STATUSES), problem: z.string().nullable() }).nullable(),
});
export type CrmTab = z.infer<typeof CrmTab>;

export const CrmPanel = z.object({ tabs: z.array(CrmTab) });
export type CrmPanel = z.infer<typeof CrmPanel>;
