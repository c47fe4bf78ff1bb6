import { groupBy } from "../../server/domain/contacts/group-by.ts";
import type { NamedPerson } from "../../server/domain/contacts/likeness.ts";
import { seeded } from "./seeded.ts";

/** A contact whose person is known: two of one `personId` are duplicates. */
interface LabelledPerson extends NamedPerson {
  readonly personId: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
}

interface Scores {
  readonly suggested: number;
  /** Of them, those that are one person. */
  readonly right: number;
  /** All that there are, suggested or not. */
  readonly duplicates: number;
}

const FIRST = (
  "Alexander Andrew Anthony Benjamin Catherine Charles Christopher Daniel Edward Elizabeth James Jennifer Jonathan Joseph Margaret " +
  "Matthew Michael Nicholas Patricia Richard Robert Samuel Stephen Susan Thomas Timothy William Anna Anne Maria Marie Marta Daniela " +
  "Christine Christina Eric Erica Jon Joan Juan Jan Jana Lena Lina Nina Laura Lara Sara Sarah Peter Petra Paul Paula Karl Karla José " +
  "Joséphine Zoë Chloé Nadia Nadja Omar Amir Amira Yuki Yuko Hana Hanna Johanna Mei Wei Li Priya Priyanka Ravi Rana Fatima Aisha Aysha " +
  "Ivan Ivana Olga Helga Björn Søren Sören Jörg Jürgen Françoise François Luis Luisa Marco Marcos Mario Emil Emilia Emily Oliver Olivia"
).split(" ");
const ROOTS = (
  "Ander Peter Han Jen Nil Lar Erik Mart Rodrigu Fernand Gonzal Lop Ramir Hernand Hoff Neu Zimmer Bau Stein Wein Lind Berg Sand Alm " +
  "Dahl Nord Wood Ash Brad Clay Harring Welling Pres Mül Schmid Schmit Kowal Nowak Okaf Adey Naka Yama Taka Kim Pars Col Dub Lef"
).split(" ");
const ENDINGS = "son sen sson ez mann ler berg strom ton ley ski or mura oul in".split(" ");
const COMPANY_BEGINNINGS =
  "Northwind Norton Contoso Conte Fabrikam Tailspin Wingtip Litware Adatum Adventure Lucerne Margie Proseware Relecloud Trey Wide".split(
    " ",
  );
const COMPANY_MIDDLES =
  "Green Blue Red North South East West Prime First Royal Alpine Ocean River Urban Rural Solar Lunar Rapid Quiet Noble".split(
    " ",
  );
const COMPANY_ENDINGS =
  "Traders Trading Energy Toys Pharma Pharmaceuticals Works Foods Logistics Media Design Systems Partners Bank Studio 1 2 12".split(
    " ",
  );
const FORMS = ["", " Inc", " Inc.", " Ltd", " Limited", " GmbH", ", LLC", " S.A.", " & Co KG"];
/** The last six are not in the rule's own list, and so found by nobody. */
const SHORT = new Map(
  (
    "Alexander Alex Sasha,Andrew Andy,Anthony Tony,Benjamin Ben,Catherine Kate Katherine,Charles Charlie,Christopher Chris,Daniel Dan," +
    "Edward Ted Ed,Elizabeth Liz Beth,James Jim,Jennifer Jen,Jonathan Jon,Joseph Joe,Margaret Maggie Peggy,Matthew Matt,Michael Mike," +
    "Nicholas Nick,Patricia Pat,Richard Dick Rich,Robert Bob Rob,Samuel Sam,Stephen Steve Steven,Susan Sue,Thomas Tom,Timothy Tim," +
    "William Bill Will,Nadia Nadi,Emilia Mila,Johanna Hanni,Fatima Fati,Priyanka Pri,Olivia Liv"
  )
    .split(",")
    .map((family) => family.split(" "))
    .map(([long = "", ...short]) => [long, short]),
);

/**
 * The staff of 400 companies whose names begin alike; in every tenth work four of one family, whose given names may be a letter apart.
 * Every twentieth person is there twice, the second time with one or two differences; every fiftieth has a namesake in another company. By
 * chance there are namesakes in one company, too, whom no rule can tell apart.
 */
export function labelledPeople(seed: number): LabelledPerson[] {
  const random = seeded(seed);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? "";
  const people: LabelledPerson[] = [];
  const companies = new Set<string>();
  while (companies.size < 400)
    companies.add(`${pick(COMPANY_BEGINNINGS)} ${pick(COMPANY_MIDDLES)} ${pick(COMPANY_ENDINGS)}`);
  for (const company of companies) {
    const elsewhere = [...companies].filter((other) => other !== company);
    const relatives = new Set(Array.from({ length: random() < 0.1 ? 4 : 0 }, () => pick(FIRST)));
    const familyName = pick(ROOTS) + pick(ENDINGS);
    const staff = Array.from({ length: 1 + Math.floor(random() * 40) }, () => {
      return { firstName: pick(FIRST), lastName: pick(ROOTS) + pick(ENDINGS) };
    });
    for (const name of [...staff, ...[...relatives].map((firstName) => ({ firstName, lastName: familyName }))]) {
      const person = { personId: people.length, ...name, company };
      people.push(person);
      if (random() < 0.05) people.push(writtenAgain(person, random));
      if (random() < 0.02) people.push({ ...person, personId: people.length, company: pick(elsewhere) });
    }
  }
  return people;
}

/** What suggesting all pairs from a likeness on is worth among these, compared where the product compares them. */
export function scoresOf(
  people: readonly LabelledPerson[],
  likeness: (a: NamedPerson, b: NamedPerson) => number,
  thresholds: readonly number[],
): Map<number, Scores> {
  const pairs = blocksOf(people).flatMap((block) =>
    block.flatMap((a, n) => block.slice(n + 1).map((b) => ({ like: likeness(a, b), same: a.personId === b.personId }))),
  );
  const duplicates = people.length - new Set(people.map(({ personId }) => personId)).size;
  return new Map(
    thresholds.map((threshold) => {
      const suggested = pairs.filter(({ like }) => like >= threshold);
      const right = suggested.filter(({ same }) => same).length;
      return [threshold, { suggested: suggested.length, right, duplicates }];
    }),
  );
}

/** Those whose company and last name begin alike, as the database reads them. */
function blocksOf(people: readonly LabelledPerson[]): LabelledPerson[][] {
  const beginning = ({ company, lastName }: LabelledPerson) =>
    `${company.slice(0, 4)}|${lastName.slice(0, 2)}`.toLowerCase();
  return [...groupBy(people, beginning).values()];
}

function writtenAgain(person: LabelledPerson, random: () => number): LabelledPerson {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? "";
  let { firstName, lastName, company } = person;
  const differences = 1 + Math.floor(random() * 2);
  for (let n = 0; n < differences; n += 1) {
    const kind = random();
    if (kind < 0.2) firstName = pick(SHORT.get(person.firstName) ?? [firstName]);
    else if (kind < 0.3) firstName = slip(firstName, random);
    else if (kind < 0.45) lastName = slip(lastName, random);
    else if (kind < 0.55) company = slip(company, random);
    else if (kind < 0.75) company = person.company + pick(FORMS);
    else if (kind < 0.8) firstName = `${firstName.charAt(0)}.`;
    else if (kind < 0.87) firstName = `${firstName} ${pick(FIRST)}`;
    else if (kind < 0.92) [firstName, lastName] = [lastName, firstName];
    else if (kind < 0.96) lastName = lastName.toUpperCase();
    else [firstName, lastName] = [withoutAccents(firstName), withoutAccents(lastName)];
  }
  return { personId: person.personId, firstName, lastName, company };
}

/** A letter left out, doubled, replaced, or two swapped; seldom the first. */
function slip(text: string, random: () => number): string {
  const at = random() < 0.1 ? 0 : 1 + Math.floor(random() * Math.max(1, text.length - 2));
  const [before, here, next, rest] = [text.slice(0, at), text.charAt(at), text.charAt(at + 1), text.slice(at + 2)];
  const kind = Math.floor(random() * 4);
  if (kind === 0) return before + next + rest;
  if (kind === 1) return before + here + here + next + rest;
  if (kind === 2) return `${before}${"aeiorstn".charAt(Math.floor(random() * 8))}${next}${rest}`;
  return before + next + here + rest;
}

function withoutAccents(text: string): string {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
}
