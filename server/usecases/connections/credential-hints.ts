const SHOWN = 4;
const MIN_CHARS_TO_SHOW = 12;

/** What is shown of stored credentials: the last characters of long ones, nothing of short ones. */
export function credentialHints(credentials: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.entries(credentials).filter(([, value]) => value !== "");
  return Object.fromEntries(
    given.map(([name, value]) => [name, value.length < MIN_CHARS_TO_SHOW ? "••••" : `••••${value.slice(-SHOWN)}`]),
  );
}
