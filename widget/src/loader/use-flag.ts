/**
 * What the host page's storage remembers, from the first use on: `open` while a conversation is open (the frame is
 * then loaded with the page, to count what is unread), `used` when there was one. Null: never used, or storage is off.
 */
type UseFlag = "open" | "used" | null;

export function readUseFlag(siteKey: string): UseFlag {
  try {
    const value = localStorage.getItem(flagName(siteKey));
    return value === "open" || value === "used" ? value : null;
  } catch {
    return null; // browsers throw here when the visitor has forbidden storage
  }
}

export function writeUseFlag(siteKey: string, flag: UseFlag): void {
  try {
    if (flag) localStorage.setItem(flagName(siteKey), flag);
    else localStorage.removeItem(flagName(siteKey));
  } catch {
    // the same: without storage the conversation is found again when the visitor opens the panel
  }
}

function flagName(siteKey: string): string {
  return `rolodesk:${siteKey}`;
}
