import type { FieldValue } from "../connector.ts";

/** A value that may be compared and written, or in words why it may not. */
export type MappedValue =
  | { readonly value: FieldValue; readonly problem: null }
  | { readonly value: FieldValue; readonly problem: string };

export function fits(value: FieldValue): MappedValue {
  return { value, problem: null };
}

/** `value` stays visible to agents; it is not written. */
export function misfit(value: FieldValue, problem: string): MappedValue {
  return { value, problem };
}
