import type { Store } from "../kit/file-store.ts";
import type { ContactBody } from "./contact-body.ts";
import { splitName, storedPhone, storedTags } from "./normal-form.ts";
import type { ChangeSource, GhlState, StoredContact, TextField, UniqueIdentifier } from "./state.ts";

/** What a write changes; texts that are null or empty are cleared, custom fields are merged by id. */
export type ContactChanges = Partial<Omit<ContactBody, "locationId" | "createNewIfDuplicateAllowed">> &
  Partial<Pick<StoredContact, "additionalEmails" | "additionalPhones">>;

interface ChangeOptions {
  readonly source: ChangeSource;
  /** ISO 8601 */
  readonly at: string;
  /** When the search index sees it, epoch ms. */
  readonly visibleAt: number;
}

/** The primary store of contacts, with the search index that follows it. Ids are 20 characters, drawn with `random`. */
export function createContactBook(store: Store<GhlState>, now: () => number, random: () => number) {
  function put(contact: StoredContact, visibleAt: number): StoredContact {
    store.state.contacts[contact.id] = contact;
    const views = store.state.index[contact.id] ?? [];
    const shown = views.findLastIndex((view) => view.visibleAt <= now());
    const view = { visibleAt, contact: contact.gone === null ? contact : null };
    store.state.index[contact.id] = [...views.slice(Math.max(0, shown)), view];
    store.save();
    return contact;
  }

  function living(id: string): StoredContact | undefined {
    const contact = store.state.contacts[id];
    return contact?.gone === null ? contact : undefined;
  }

  return {
    all: (): StoredContact[] => Object.values(store.state.contacts),
    living,

    byIdentifier(kind: UniqueIdentifier, value: string): StoredContact | undefined {
      const wanted = kind === "email" ? value.toLowerCase() : storedPhone(value);
      return Object.values(store.state.contacts).find(
        (contact) => contact.gone === null && contact.values[kind]?.toLowerCase() === wanted,
      );
    },

    insert(changes: ContactChanges, { source, at, visibleAt }: ChangeOptions): StoredContact {
      const blank: StoredContact = {
        id: newId(random),
        values: {},
        tags: [],
        customFields: [],
        additionalEmails: [],
        additionalPhones: [],
        source,
        dateAdded: at,
        dateUpdated: at,
        gone: null,
      };
      return put(changed(blank, changes, at), visibleAt);
    },

    change(contact: StoredContact, changes: ContactChanges, { at, visibleAt }: Omit<ChangeOptions, "source">) {
      return put(changed(contact, changes, at), visibleAt);
    },

    end(contact: StoredContact, gone: string, { at, visibleAt }: Omit<ChangeOptions, "source">): void {
      put({ ...contact, gone, dateUpdated: at }, visibleAt);
    },

    /** The contacts as the search index shows them now. */
    indexed(): StoredContact[] {
      return Object.values(store.state.index).flatMap(
        (views) => views.findLast((view) => view.visibleAt <= now())?.contact ?? [],
      );
    },
  };
}

export type ContactBook = ReturnType<typeof createContactBook>;

export function newId(random: () => number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  return Array.from({ length: 20 }, () => letters[Math.floor(random() * letters.length)]).join("");
}

function changed(contact: StoredContact, changes: ContactChanges, at: string): StoredContact {
  const { values, name, tags, customFields = [] } = changes;
  const fields = { ...contact.values };
  for (const [field, value] of typedTexts({ ...(name && splitName(name)), ...values })) {
    const kept = field === "phone" ? storedPhone(value) : value.trim();
    if (kept === "") delete fields[field];
    else fields[field] = kept;
  }
  const written = new Map(contact.customFields.map((one) => [one.id, one]));
  for (const one of customFields) {
    if (one.value === "" || (Array.isArray(one.value) && one.value.length === 0)) written.delete(one.id);
    else written.set(one.id, one);
  }
  return {
    ...contact,
    values: fields,
    tags: tags ? storedTags(tags) : contact.tags,
    dnd: changes.dnd ?? contact.dnd,
    dndSettings: changes.dndSettings ?? contact.dndSettings,
    inboundDndSettings: changes.inboundDndSettings ?? contact.inboundDndSettings,
    customFields: [...written.values()],
    additionalEmails: changes.additionalEmails ?? contact.additionalEmails,
    additionalPhones: changes.additionalPhones ?? contact.additionalPhones,
    dateUpdated: at,
  };
}

function typedTexts(values: Partial<Record<TextField, string | null>>): [TextField, string][] {
  return (Object.entries(values) as [TextField, string | null][]).map(([field, value]) => [field, value ?? ""]);
}
