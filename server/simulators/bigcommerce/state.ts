/** What the simulated store remembers. Plain JSON, so that the kit's store can keep it in a file. */
export interface BigCommerceState {
  lastId: number;
  customers: Record<string, StoredCustomer>;
  attributes: StoredAttribute[];
  attributeValues: StoredAttributeValue[];
  formFields: FormFieldDefinition[];
  /** Session cookie of the storefront → customer id. */
  sessions: Record<string, number>;
}

export const TEXT_FIELDS = [
  "email",
  "first_name",
  "last_name",
  "company",
  "phone",
  "notes",
  "tax_exempt_category",
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** Unset texts are "", never null. */
export interface StoredCustomer extends Readonly<Record<TextField, string>> {
  readonly id: number;
  readonly customer_group_id: number;
  readonly registration_ip_address: string;
  readonly force_password_reset: boolean;
  readonly accepts_product_review_abandoned_cart_emails: boolean;
  readonly origin_channel_id: number;
  /** null: the customer may sign in on every channel. */
  readonly channel_ids: readonly number[] | null;
  readonly form_fields: readonly FormFieldValue[];
  readonly addresses: readonly Address[];
  /** ISO 8601 without fractions of a second. */
  readonly date_created: string;
  readonly date_modified: string;
  readonly deleted: boolean;
}

export type FormFieldContent = string | number | readonly string[];

export interface FormFieldValue {
  readonly name: string;
  readonly value: FormFieldContent;
}

export interface FormFieldDefinition {
  readonly name: string;
  readonly type: "text" | "numbers" | "picklist" | "checkboxes";
}

export interface Address {
  readonly id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly phone: string;
  readonly address1: string;
  readonly city: string;
  readonly country_code: string;
}

export interface StoredAttribute {
  readonly id: number;
  readonly name: string;
  readonly type: "string" | "number" | "date";
  readonly date_created: string;
  readonly date_modified: string;
}

export interface StoredAttributeValue {
  readonly id: number;
  readonly attribute_id: number;
  readonly attribute_value: string;
  readonly customer_id: number;
  readonly date_created: string;
  readonly date_modified: string;
}

export function emptyState(): BigCommerceState {
  return { lastId: 0, customers: {}, attributes: [], attributeValues: [], formFields: [], sessions: {} };
}
