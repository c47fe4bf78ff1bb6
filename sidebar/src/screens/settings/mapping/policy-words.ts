import type { FieldPolicy } from "@rolodesk/shared/vocabulary";

/** Each policy's name and what it does, in plain words. */
export const POLICY_WORDS: Readonly<Record<FieldPolicy, { label: string; does: string }>> = {
  fill_blank: {
    label: "Fill blanks, else ask",
    does: "An empty field is filled. A different value waits as a conflict.",
  },
  ask: { label: "Always ask", does: "Nothing is written by itself, not even into an empty field." },
  crm_wins: { label: "CRM wins", does: "An empty field is filled. A value in the CRM is never questioned." },
  chat_wins_if_crm_unchanged: {
    label: "Chat wins if CRM unchanged",
    does: "A verified person’s new value replaces the one last synced. If somebody changed it in the CRM, you are asked.",
  },
  chat_wins: {
    label: "Chat wins",
    does: "What a verified person says replaces what the CRM has. What is only claimed waits as a conflict.",
  },
  never: { label: "Never write", does: "The field is shown to agents and never written." },
};
