import type { Candidate } from "@rolodesk/shared/sync-run";
import type { MatchedBy } from "@rolodesk/shared/vocabulary";
import type { CrmLinkRow } from "../../db/queries/crm-link.ts";
import type { CrmRecord } from "../../domain/connector.ts";

/** Who a contact turned out to be in one CRM. */
export type Resolution =
  | {
      readonly kind: "record";
      readonly record: CrmRecord;
      readonly matchedBy: MatchedBy;
      readonly matchedReason: string;
      /** The phone (or email) belongs to another record: it is not written to this one. */
      readonly notOurs: readonly ("email" | "phone")[];
      readonly suggestion: string | null;
      /** The live link answered with another record. */
      readonly moved: "merged" | "qualified" | null;
    }
  | { readonly kind: "create" }
  | { readonly kind: "choose"; readonly candidates: readonly Candidate[]; readonly reason: string }
  | { readonly kind: "leave"; readonly reason: string }
  /** The linked record was deleted in the CRM: the link is to be closed, and the next look starts from the keys. */
  | { readonly kind: "gone"; readonly link: CrmLinkRow; readonly reason: string };
