import { BigCommerceApiError } from "./api-error.ts";
import { type FormFieldContent, type FormFieldValue, TEXT_FIELDS, type TextField } from "./state.ts";

/** One customer of a write, after validation. What is absent stays as it is. */
export interface CustomerBody {
  readonly id?: number;
  readonly texts: Partial<Record<TextField, string>>;
  readonly customer_group_id?: number;
  readonly channel_ids?: readonly number[] | null;
  readonly form_fields: readonly FormFieldValue[];
  /** Only a create sets them; an update ignores them. */
  readonly attributes: readonly { readonly attribute_id: number; readonly attribute_value: string }[];
}

const MOST_PER_CALL = 10;
const REQUIRED = ["email", "first_name", "last_name"] as const;
const LENGTHS: Readonly<Record<TextField, readonly [min: number, max: number]>> = {
  email: [3, 255],
  first_name: [1, 100],
  last_name: [1, 100],
  company: [0, 255],
  phone: [0, 50],
  notes: [0, Number.POSITIVE_INFINITY],
  tax_exempt_category: [0, 255],
};
const FAILED = {
  create: ["Create customers failed.", ".customer_create", "Error creating customers"],
  update: ["Update customers failed.", ".customer_update", "Error updating customers"],
} as const;

/** The array of a POST or PUT. Writes are all or nothing: the first problem refuses the whole call. */
export function readCustomers(json: unknown, kind: keyof typeof FAILED): CustomerBody[] {
  return readBatch(json, FAILED[kind][0]).map((item, at) => readCustomer(item, at, kind));
}

/** Every write takes an array of objects, at most ten of them. */
export function readBatch(json: unknown, title: string): Record<string, unknown>[] {
  if (!Array.isArray(json)) throw new BigCommerceApiError(422, title, { "": "error.expected.jsarray" });
  if (json.length > MOST_PER_CALL) {
    throw new BigCommerceApiError(413, `The maximum number of items allowed in the array is ${MOST_PER_CALL}.`);
  }
  return json.map((item: unknown, at) => {
    if (typeof item === "object" && item !== null && !Array.isArray(item)) return { ...item };
    throw new BigCommerceApiError(422, title, { [String(at)]: "error.expected.jsobject" });
  });
}

export function refusedWrite(kind: keyof typeof FAILED, errors?: Readonly<Record<string, string>>) {
  const [title, key, words] = FAILED[kind];
  return new BigCommerceApiError(422, title, errors ?? { [key]: words });
}

function readCustomer(item: Record<string, unknown>, at: number, kind: keyof typeof FAILED): CustomerBody {
  const refuse = (name: string, problem: string) => refusedWrite(kind, { [`${at}.${name}`]: problem });
  const { id, customer_group_id, channel_ids } = item;
  if (kind === "update" && typeof id !== "number") throw refuse("id", "error.path.missing");

  const texts: Partial<Record<TextField, string>> = {};
  for (const name of TEXT_FIELDS) {
    const value = item[name];
    if (value === undefined) continue;
    if (typeof value !== "string") throw refuse(name, "error.expected.jsstring");
    const [min, max] = LENGTHS[name];
    if (value.length < min) throw refuse(name, `${name} must be at least ${min} characters long`);
    if (value.length > max) throw refuse(name, `${name} must be at most ${max} characters long`);
    texts[name] = value;
  }
  const missing = kind === "create" ? REQUIRED.find((name) => texts[name] === undefined) : undefined;
  if (missing) throw refuse(missing, "error.path.missing");
  if (texts.email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(texts.email)) {
    throw refuse("email", "email is not a valid email address");
  }
  return {
    ...(typeof id === "number" && { id }),
    texts,
    ...(typeof customer_group_id === "number" && { customer_group_id }),
    ...((channel_ids === null || isIds(channel_ids)) && { channel_ids }),
    form_fields: readFormFields(item.form_fields, () => refuse("form_fields", "error.path.invalid")),
    attributes: readAttributes(item.attributes, () => refuse("attributes", "error.path.invalid")),
  };
}

function readFormFields(value: unknown, refuse: () => BigCommerceApiError): FormFieldValue[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw refuse();
  return value.map((entry: unknown) => {
    if (typeof entry !== "object" || entry === null || !("name" in entry) || !("value" in entry)) throw refuse();
    if (typeof entry.name !== "string" || !isContent(entry.value)) throw refuse();
    return { name: entry.name, value: entry.value };
  });
}

function readAttributes(value: unknown, refuse: () => BigCommerceApiError): CustomerBody["attributes"] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > MOST_PER_CALL) throw refuse();
  return value.map((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) throw refuse();
    const { attribute_id, attribute_value } = { attribute_id: null, attribute_value: null, ...entry };
    if (typeof attribute_id !== "number" || typeof attribute_value !== "string") throw refuse();
    return { attribute_id, attribute_value };
  });
}

function isContent(value: unknown): value is FormFieldContent {
  if (typeof value === "string" || typeof value === "number") return true;
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function isIds(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "number");
}
