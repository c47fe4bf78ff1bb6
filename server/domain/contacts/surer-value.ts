/** How sure we are of a contact's value, least sure first. `recorded`: a CRM or a file has it. */
const SURENESS = ["claimed", "recorded", "verified", "agent"] as const;
export type Sure = (typeof SURENESS)[number];

/** Whether a newly learned value takes the place of the one our contact has. A claim never displaces what was verified. */
export function isSurer(learned: Sure, held: Sure | undefined): boolean {
  return held === undefined || SURENESS.indexOf(learned) >= SURENESS.indexOf(held);
}
