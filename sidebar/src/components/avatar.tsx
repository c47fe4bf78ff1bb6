/** One or two letters of a name: "Ana Ruiz" is AR, "Visitor 3f2a" is V, "+1 202…" is #. */
export function initialsOf(label: string): string {
  const words = label.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const [first, ...rest] = words;
  if (!first) return "#";
  const last = rest.at(-1);
  const letters = [first, last && /^[\p{L}'’.-]+$/u.test(last) ? last : ""].map((word) => Array.from(word)[0] ?? "");
  return letters.join("").toUpperCase();
}

export function Avatar({ label, size, online }: { label: string; size: 36 | 48; online?: boolean }) {
  return (
    <span class={`ui-avatar ui-avatar-${size}`} aria-hidden="true">
      {initialsOf(label)}
      {online !== undefined && <span class={`ui-presence${online ? " ui-presence-on" : ""}`} />}
    </span>
  );
}
