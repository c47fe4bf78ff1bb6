/** Small choices kept in this browser. A browser that refuses storage simply forgets them. */
export function readStored(key: string): string | null {
  try {
    return window.localStorage.getItem(`rolodesk.${key}`);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string): void {
  try {
    window.localStorage.setItem(`rolodesk.${key}`, value);
  } catch {
    // private windows may refuse; the choice then lasts as long as the page
  }
}
