import { z } from "zod";

/** Shapes of HighLevel's answers (Version 2021-07-28), tolerant: unknown keys pass, empty values may be absent or null. */

const Text = z.string().nullish();

const CustomFieldValue = z.looseObject({ id: z.string(), value: z.unknown() });

/** GET, create, update and search rows differ; this is what they share, with both names of the street address. */
export const Contact = z.looseObject({
  id: z.string().min(1),
  locationId: Text,
  firstName: Text,
  lastName: Text,
  email: Text,
  phone: Text,
  dateUpdated: Text,
  tags: z.array(z.string()).nullish(),
  dnd: z.boolean().nullish(),
  dndSettings: z.record(z.string(), z.looseObject({ status: Text }).nullish()).nullish(),
  additionalEmails: z.array(z.looseObject({ email: Text })).nullish(),
  additionalPhones: z.array(z.looseObject({ phone: Text })).nullish(),
  customFields: z.array(CustomFieldValue).nullish(),
});
export type Contact = z.infer<typeof Contact>;

export const ContactAnswer = z.looseObject({ contact: Contact });

/** Nobody found: `contact` is null or absent. */
export const DuplicateAnswer = z.looseObject({ contact: Contact.nullish() });

export const SearchAnswer = z.looseObject({ contacts: z.array(Contact) });

/** Where a search row stands in the order it was asked for. */
export const SearchPosition = z.tuple([z.union([z.string(), z.number()]), z.string()]);
export type SearchPosition = z.infer<typeof SearchPosition>;

export const SearchPage = z.looseObject({
  contacts: z.array(Contact.extend({ searchAfter: SearchPosition.nullish() })),
  total: z.number().nullish(),
});

const Note = z.looseObject({ id: z.string().min(1), body: Text });
export const NoteAnswer = z.looseObject({ note: Note });
export const NotesAnswer = z.looseObject({ notes: z.array(Note) });

const Option = z.union([z.string(), z.looseObject({ label: z.string() }).transform((option) => option.label)]);

export const CustomField = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  dataType: z.string(),
  model: Text,
  picklistOptions: z.array(Option).nullish(),
});
export type CustomField = z.infer<typeof CustomField>;

export const CustomFieldsAnswer = z.looseObject({ customFields: z.array(CustomField) });

export const LocationAnswer = z.looseObject({
  location: z.looseObject({
    id: z.string().min(1),
    name: Text,
    country: Text,
    timezone: Text,
    settings: z
      .looseObject({
        allowDuplicateContact: z.boolean().nullish(),
        contactUniqueIdentifiers: z.array(z.string()).nullish(),
      })
      .nullish(),
  }),
});

/** `message` is a text, or a list of them on 422; newer endpoints nest it in `error`. */
export const ErrorAnswer = z.looseObject({
  message: z.union([z.string(), z.array(z.string())]).nullish(),
  error: z.union([z.string(), z.looseObject({ message: Text })]).nullish(),
  meta: z.looseObject({ contactId: Text, matchingField: Text }).nullish(),
  traceId: Text,
});
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;
