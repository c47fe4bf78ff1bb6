import type { DuplicateGroup, MergeCandidate } from "@rolodesk/shared/contact-merge";

/** What a contact that is compared is called. */
export function candidateLabel({
  values,
  emails,
  phones,
}: Pick<MergeCandidate, "values" | "emails" | "phones">): string {
  const name = [values.firstName, values.lastName].filter(Boolean).join(" ");
  return name || values.email || emails[0] || values.phone || phones[0] || values.company || "Unnamed contact";
}

/** What else tells who a contact is. */
export function candidateAbout({ values, emails, phones }: MergeCandidate): string[] {
  const job = [values.title, values.company].filter(Boolean).join(", ");
  return [job, ...emails, ...phones].filter((part) => part !== candidateLabel({ values, emails, phones }));
}

const SAME = { email: "Same email", phone: "Same phone", name: "Alike by name and company" } as const;

/** Why contacts may be one person. */
export function whyText({ why, score }: DuplicateGroup): string {
  const shown = why.slice(0, 3).map(({ kind, value }) => `${SAME[kind]}: ${value}`);
  const more = why.length > 3 ? ` and ${why.length - 3} more` : "";
  const sure = score === null ? "" : ` (${Math.round(score * 100)} %)`;
  return `${shown.join(" · ")}${more}${sure}`;
}

/** `3 conversations, 2 syncs`. */
export function countsWords(counts: readonly { what: string; count: number }[]): string {
  return counts.map(({ what, count }) => `${count} ${count === 1 ? singular(what) : what}`).join(", ");
}

function singular(what: string): string {
  if (what === "emails and phones") return "email or phone";
  if (what === "rows of files") return "row of a file";
  return what.replace(/^(line|row|contact|record)s\b/, "$1").replace(/(\w)s$/, "$1");
}
