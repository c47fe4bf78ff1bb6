import type { ApiScope } from "@rolodesk/shared/vocabulary";

export const SCOPE_WORDS: Readonly<Record<ApiScope, string>> = {
  "read:conversations": "Read conversations and who answers them",
  "write:conversations": "Reply, assign, end and reopen conversations",
  "read:contacts": "Read contacts, and people as the CRMs know them",
  "write:contacts": "Add, change and tag contacts, and write notes on them",
  "read:sync": "Read connections, the sync log and conflicts",
  sync: "Start syncs and settle conflicts",
  admin: "Change sites, users and CRM connections",
};
