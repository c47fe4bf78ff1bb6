export interface Draft {
  kind: "agent" | "note";
  text: string;
}

function keyOf(conversationId: string): string {
  return `rolodesk.draft.${conversationId}`;
}

/** What was being written in a conversation, kept for this tab. */
export function readDraft(conversationId: string): Draft {
  const text = window.sessionStorage.getItem(`${keyOf(conversationId)}.text`) ?? "";
  const kind = window.sessionStorage.getItem(`${keyOf(conversationId)}.kind`) === "note" ? "note" : "agent";
  return { kind, text };
}

export function writeDraft(conversationId: string, draft: Draft): void {
  if (draft.text === "") {
    window.sessionStorage.removeItem(`${keyOf(conversationId)}.text`);
    window.sessionStorage.removeItem(`${keyOf(conversationId)}.kind`);
    return;
  }
  window.sessionStorage.setItem(`${keyOf(conversationId)}.text`, draft.text);
  window.sessionStorage.setItem(`${keyOf(conversationId)}.kind`, draft.kind);
}
