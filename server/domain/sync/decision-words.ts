import type { DecisionReason } from "./plan-sync.ts";

/** Why a field got what it got, for the agent. `crmName` is the CRM's: "HubSpot". */
export function decisionWords(reason: DecisionReason, crmName: string): string {
  return WORDS[reason].replaceAll("{crm}", crmName);
}

const WORDS: Record<DecisionReason, string> = {
  nothing_known: "Nothing was said about it.",
  policy_never: "The mapping never writes this field.",
  equal: "{crm} has the same value.",
  does_not_fit: "{crm} would not take this value.",
  held_elsewhere: "{crm} has this value in another field of the record.",
  owned_by_another: "Another record in {crm} has this value. They may be one person.",
  needs_verified: "Only verified identities may write to {crm}.",
  blank_in_crm: "{crm} had nothing here.",
  said_again_after_clearing: "Somebody cleared it in {crm}, and the visitor gave it again.",
  cleared_in_crm: "Somebody cleared it in {crm}, and it was not given again.",
  dismissed: "An agent chose to keep the value in {crm}.",
  added_to_set: "Added to the values {crm} has.",
  crm_moved: "{crm} has a newer value than we do.",
  policy_crm_wins: "The mapping lets {crm} win.",
  policy_asks: "The mapping asks before it writes this field.",
  chat_wins: "The mapping lets the chat win.",
  crm_unchanged: "{crm} has not changed since the last sync.",
  only_claimed: "The identity is only claimed, so nothing is overwritten.",
  differs_without_base: "{crm} has another value.",
  both_changed: "Both sides changed since the last sync.",
  other_half_of_name_differs: "The other half of the name differs, so both are decided together.",
};
