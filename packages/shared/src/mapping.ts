import { z } from "zod";
import { FieldMapping, Mapping } from "./connection.ts";
import { Id } from "./ids.ts";
import { ShownValue } from "./sync-run.ts";

/** Rows that could be added to a mapping. None is in it before an admin says so. */
export const MappingSuggestions = z.object({
  /** Whether the mapping is still the one that every connection of this kind begins with. */
  isUntouched: z.boolean(),
  suggestions: z.array(
    z.object({
      row: FieldMapping,
      /** The CRM's field, as people see it there. */
      label: z.string(),
      /** What speaks for it, in words. */
      reason: z.string(),
    }),
  ),
});
export type MappingSuggestions = z.infer<typeof MappingSuggestions>;
export type MappingSuggestion = MappingSuggestions["suggestions"][number];

/** Rows as they stand in the editor, and whose values to show; without a contact those of whom we heard last. */
export const SampleInput = z.strictObject({ contactId: Id.optional(), fields: Mapping.shape.fields });
export type SampleInput = z.infer<typeof SampleInput>;

export const MappingSample = z.object({
  /** null: there is no contact yet. */
  person: z
    .object({ id: Id, name: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() })
    .nullable(),
  /** In the order of the rows: what the CRM would be given, or in words why nothing of it would be written. */
  values: z.array(z.object({ value: ShownValue, problem: z.string().nullable() })),
});
export type MappingSample = z.infer<typeof MappingSample>;
