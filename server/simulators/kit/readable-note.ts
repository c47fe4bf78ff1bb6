const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };

/** A note's HTML as the lines a salesperson reads; other tags stay visible, and are escaped like all else. */
export function readable(note: string): string {
  const lines = note.replace(/<br\s?\/?>/gi, "\n");
  return lines.replace(/&(lt|gt|quot|#39|amp);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
