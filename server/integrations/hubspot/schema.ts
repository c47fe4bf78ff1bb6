import { z } from "zod";

/** Only what is read. Values of properties are text, or null when empty. */
export const Contact = z.object({
  id: z.string().regex(/^\d+$/),
  properties: z.record(z.string(), z.string().nullable()),
  updatedAt: z.string().optional(),
});
export type Contact = z.infer<typeof Contact>;

export const ContactPage = z.object({ results: z.array(Contact) });

/** `after` is the id of the next record. */
export const ContactList = ContactPage.extend({
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});

export const SearchTotal = z.object({ total: z.number().int().optional() });

/** A contact read with `associations=notes`; without notes the key is absent. */
export const ContactWithNotes = z.object({
  id: z.string().regex(/^\d+$/),
  associations: z.object({ notes: z.object({ results: z.array(z.object({ id: z.string() })) }).optional() }).optional(),
});

export const Created = z.object({ id: z.string().min(1) });

export const NotePage = z.object({
  results: z.array(z.object({ id: z.string(), properties: z.object({ hs_note_body: z.string().nullish() }) })),
});

export const Property = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  fieldType: z.string(),
  options: z.array(z.object({ value: z.string(), label: z.string(), hidden: z.boolean().optional() })).default([]),
  hidden: z.boolean().default(false),
  calculated: z.boolean().default(false),
  archived: z.boolean().default(false),
  hubspotDefined: z.boolean().default(false),
  modificationMetadata: z.object({ readOnlyValue: z.boolean() }).optional(),
});
export type Property = z.infer<typeof Property>;

export const PropertyPage = z.object({ results: z.array(Property) });

const TimeZone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
});

export const AccountDetails = z.object({
  portalId: z.number().int().positive(),
  accountType: z.string().default("STANDARD"),
  uiDomain: z.string().default("app.hubspot.com"),
  timeZone: TimeZone.catch("UTC"),
});

/** What a connection test found out and later calls need. Everything is missing before the first test. */
export const Facts = z.object({
  portalId: z.number().int().positive().optional().catch(undefined),
  /** Only HubSpot's own: it becomes a link in front of agents. */
  uiDomain: z
    .string()
    .regex(/^app(-[a-z0-9]+)?\.hubspot\.com$/)
    .optional()
    .catch(undefined),
  timeZone: TimeZone.catch("UTC"),
});
export type Facts = z.infer<typeof Facts>;

/** HubSpot, error handling: "all fields should be treated as optional". */
export const ErrorBody = z.object({
  status: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  category: z.string().optional().catch(undefined),
  policyName: z.string().optional().catch(undefined),
  errors: z
    .array(
      z.object({
        message: z.string().optional().catch(undefined),
        code: z.string().optional().catch(undefined),
        context: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
