import { CORE_FIELDS, type CoreField } from "@rolodesk/shared/vocabulary";
import type { Tx } from "../../db/client.ts";
import { lockContacts } from "../../db/queries/contact-keys.ts";
import type { ChangedContact } from "../../db/queries/import-page.ts";
import type { ValueOrigin } from "../../db/schema/contact.ts";
import type { Deps } from "../../deps.ts";
import type { KeyedCells, KeyHolder } from "../../domain/imports/classify-among.ts";
import { type FileValues, type FillPlan, planFill } from "../../domain/imports/plan-fill.ts";

type Key = "email" | "phone";

interface Person {
  contact: ChangedContact;
  readonly keys: Set<string>;
  /** Keys it has got here. */
  readonly added: { kind: Key; norm: string }[];
  /** Where it came from, in words; null: it was there before. */
  readonly made: string | null;
  changed: boolean;
}

/** The contacts some rows of a file are about, as those rows change them one after the other; written together at the end. */
export class FilePeople {
  readonly #people = new Map<string, Person>();
  readonly #madeByKey = new Map<string, string[]>();
  readonly #deps: Deps;
  readonly #at: Date;
  readonly #source: string;

  private constructor(deps: Deps, { at, source }: { at: Date; source: string }) {
    this.#deps = deps;
    this.#at = at;
    this.#source = source;
  }

  static async load(
    tx: Tx,
    deps: Deps,
    about: { at: Date; source: string },
    contactIds: readonly string[],
  ): Promise<FilePeople> {
    const people = new FilePeople(deps, about);
    for (const { contact, identities } of await lockContacts(tx, contactIds)) {
      const keys = new Set(identities.map(({ kind, norm }) => `${kind}:${norm}`));
      people.#people.set(contact.id, { contact, keys, added: [], made: null, changed: false });
    }
    return people;
  }

  /** Contacts made here that have a key of the row. */
  holdersOf({ emailNorm, phoneNorm }: KeyedCells): KeyHolder[] {
    const madeWith = (by: Key, norm: string | null) =>
      norm === null ? [] : (this.#madeByKey.get(`${by}:${norm}`) ?? []);
    const personOf = (contactId: string) => this.#people.get(contactId)?.contact ?? null;
    return [
      ...madeWith("email", emailNorm).map((contactId) => ({ by: "email" as const, contactId })),
      ...madeWith("phone", phoneNorm).map((contactId) => ({
        by: "phone" as const,
        contactId,
        person: personOf(contactId),
      })),
    ];
  }

  /** Makes a contact and returns its id. */
  make(values: FileValues, source: string | undefined): string {
    const id = this.#deps.newId();
    const contact = { id, ...NOBODY, attributes: {}, origins: {}, tags: [], doNotContact: [] };
    const person: Person = { contact, keys: new Set(), added: [], made: source ?? this.#source, changed: false };
    this.#people.set(id, person);
    this.#take(person, planFill(toHeld(person), values));
    for (const { kind, norm } of person.added) {
      const key = `${kind}:${norm}`;
      this.#madeByKey.set(key, [...(this.#madeByKey.get(key) ?? []), id]);
    }
    return id;
  }

  /** Fills a contact's blanks; undefined when it is gone. `notOurs`: keys that somebody else has. */
  fill(contactId: string, values: FileValues, notOurs: ReadonlySet<Key>): FillPlan | undefined {
    const person = this.#people.get(contactId);
    if (!person) return undefined;
    const core = Object.entries(values.core).filter(
      ([field]) => !(field === "email" || field === "phone") || !notOurs.has(field),
    );
    const plan = planFill(toHeld(person), { ...values, core: Object.fromEntries(core) });
    this.#take(person, plan);
    return plan;
  }

  writes() {
    const people = [...this.#people.values()];
    return {
      made: people.flatMap(({ contact, made }) =>
        made === null
          ? []
          : [
              {
                ...contact,
                source: "file" as const,
                sourceDetail: made,
                createdAt: this.#at,
                updatedAt: this.#at,
                lastActivityAt: this.#at,
              },
            ],
      ),
      changed: people.filter(({ changed, made }) => changed && made === null).map(({ contact }) => contact),
      identities: people.flatMap(({ contact, added }) =>
        added.map(({ kind, norm }) => ({
          id: this.#deps.newId(),
          contactId: contact.id,
          kind,
          norm,
          value: norm,
          source: "file" as const,
          createdAt: this.#at,
        })),
      ),
    };
  }

  #take(person: Person, plan: FillPlan): void {
    if (plan.filled.length === 0) return;
    const { contact } = person;
    const fields = CORE_FIELDS.filter((field) => plan.core[field] !== undefined);
    const origin: ValueOrigin = { sure: "recorded", at: this.#at.toISOString(), conversationId: null };
    person.contact = {
      ...contact,
      ...plan.core,
      attributes: { ...contact.attributes, ...plan.attributes },
      tags: [...contact.tags, ...plan.tags],
      origins: { ...contact.origins, ...Object.fromEntries(fields.map((field) => [field, origin])) },
    };
    person.changed = true;
    for (const kind of ["email", "phone"] as const) {
      const norm = plan.core[kind];
      if (norm === undefined || person.keys.has(`${kind}:${norm}`)) continue;
      person.keys.add(`${kind}:${norm}`);
      person.added.push({ kind, norm });
    }
  }
}

const NOBODY: Record<CoreField, null> = {
  firstName: null,
  lastName: null,
  email: null,
  phone: null,
  company: null,
  title: null,
};

function toHeld({ contact, keys }: Person) {
  const { firstName, lastName, email, phone, company, title, attributes, tags } = contact;
  return { core: { firstName, lastName, email, phone, company, title }, attributes, tags, keys };
}
