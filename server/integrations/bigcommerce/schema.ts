import { z } from "zod";

/** Shapes of BigCommerce's answers (REST Management API v3), tolerant: unknown keys pass. Unset texts are "" or absent. */

const Text = z.string().nullish();
const Id = z.number().int().positive();

export const AttributeValue = z.looseObject({
  attribute_id: Id,
  attribute_value: Text,
  customer_id: Id.nullish(),
});
export type AttributeValue = z.infer<typeof AttributeValue>;

/** The value is a text, a number or a list of texts. */
const FormField = z.looseObject({ name: z.string(), value: z.unknown() });

export const Customer = z.looseObject({
  id: Id,
  email: Text,
  first_name: Text,
  last_name: Text,
  company: Text,
  phone: Text,
  notes: Text,
  date_modified: Text,
  attribute_count: z.number().nullish(),
  /** Only when included, and then at most ten of `attribute_count`. */
  attributes: z.array(AttributeValue).nullish(),
  /** Only when included. */
  form_fields: z.array(FormField).nullish(),
});
export type Customer = z.infer<typeof Customer>;

export const CustomersAnswer = z.looseObject({ data: z.array(Customer) });
export const AttributeValuesAnswer = z.looseObject({ data: z.array(AttributeValue) });

export const Attribute = z.looseObject({ id: Id, name: z.string(), type: z.string() });
export type Attribute = z.infer<typeof Attribute>;
export const AttributesAnswer = z.looseObject({ data: z.array(Attribute) });

export const FormFieldValuesAnswer = z.looseObject({
  data: z.array(FormField.extend({ customer_id: z.number().nullish() })),
});
export type FormFieldValue = z.infer<typeof FormFieldValuesAnswer>["data"][number];

export const StoreAnswer = z.looseObject({
  id: z.string().min(1),
  name: Text,
  country_code: Text,
  control_panel_base_url: z
    .url({ protocol: /^https?$/ })
    .nullish()
    .catch(null),
});

/** What the last connection test found out; nothing before the first. */
export const BigCommerceFacts = z.object({
  controlPanelUrl: z.string().nullish(),
  /** Whether `phone:in` takes a list, as tried; null when no customer had a phone to try it with. */
  phoneLists: z.boolean().nullish(),
});
export type BigCommerceFacts = z.infer<typeof BigCommerceFacts>;

/** Keys of `errors` are dotted paths into the request. */
export const ErrorAnswer = z.looseObject({
  title: Text,
  detail: Text,
  errors: z.record(z.string(), z.unknown()).nullish().catch(null),
});
