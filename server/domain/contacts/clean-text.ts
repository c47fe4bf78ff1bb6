/** Text from elsewhere as it may be stored: without control characters and broken halves of characters, trimmed. */
export function cleanText(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .trim();
}
