import { fullName } from "../identity/name.ts";

interface Labelled {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly company: string | null;
}

/** What a contact is called in lists: by name, else by what else is known. */
export function contactLabel(contact: Labelled): string {
  return fullName(contact) ?? contact.email ?? contact.phone ?? contact.company ?? "Unnamed contact";
}
