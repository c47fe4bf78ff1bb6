import { ATTRIBUTE_PREFIX, FILE_FIELDS, type FileField } from "@rolodesk/shared/vocabulary";

/** Headers people and programs give these fields, as letters alone. */
const NAMES: Readonly<Record<FileField, readonly string[]>> = {
  fullName: ["fullname", "name", "contactname", "contact", "person", "displayname", "nombre", "nom", "kontakt"],
  firstName: ["firstname", "first", "givenname", "forename", "vorname", "prenom", "fname"],
  lastName: ["lastname", "last", "surname", "familyname", "nachname", "lname", "apellido"],
  email: ["email", "emailaddress", "mail", "emails", "eaddress", "workemail", "correo", "emailadresse", "courriel"],
  phone: [
    ...["phone", "phonenumber", "telephone", "tel", "mobile", "mobilephone", "cell", "cellphone", "workphone"],
    ...["telefon", "telefono", "telephonenumber", "businessphone", "handy", "mobil", "phonee164"],
  ],
  company: [
    "company",
    "companyname",
    "organization",
    "organisation",
    "account",
    "accountname",
    "firma",
    "employer",
    "business",
    "businessname",
    "empresa",
  ],
  title: ["title", "jobtitle", "role", "position", "job", "beruf", "funktion"],
  linkedin: ["linkedin", "linkedinurl", "linkedinprofile", "personlinkedinurl", "linkedinprofileurl"],
  source: ["source", "leadsource", "origin", "quelle"],
  tags: ["tags", "tag", "labels", "label", "groups"],
  notes: ["notes", "note", "comments", "comment", "remarks", "description", "notizen"],
};

/** Columns of ours in an export that nobody brings in again. */
const OURS = new Set(["id", "createdat", "updatedat", "row", "class", "status", "why"]);
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+?[\d\s().-]{7,20}$/;

/**
 * What each column probably holds, by its header, else by what stands in it. No field is proposed twice. Columns of an
 * export of ours that hold attributes say so in their header.
 */
export function proposeMapping(columns: readonly string[], sample: readonly (readonly string[])[]): (string | null)[] {
  const taken = new Set<string>();
  const take = (target: string | null): string | null => {
    if (target === null || taken.has(target)) return null;
    taken.add(target);
    return target;
  };
  const byName = columns.map((header) => take(byHeader(header)));
  return byName.map(
    (target, column) => target ?? (OURS.has(letters(columns[column] ?? "")) ? null : take(byContent(column, sample))),
  );
}

function byHeader(header: string): string | null {
  const attribute = /^attribute:([a-z][a-z0-9_]{0,39})$/.exec(header.trim());
  if (attribute) return `${ATTRIBUTE_PREFIX}${attribute[1]}`;
  const plain = letters(header);
  return FILE_FIELDS.find((field) => NAMES[field].includes(plain)) ?? null;
}

function byContent(column: number, sample: readonly (readonly string[])[]): FileField | null {
  const cells = sample.map((row) => (row[column] ?? "").trim()).filter((cell) => cell !== "");
  const share = (pattern: RegExp) => cells.filter((cell) => pattern.test(cell)).length / Math.max(1, cells.length);
  if (share(EMAIL) > 0.6) return "email";
  return share(PHONE) > 0.8 && cells.some((cell) => /^\+|[\s().-]/.test(cell)) ? "phone" : null;
}

function letters(header: string): string {
  return header
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
