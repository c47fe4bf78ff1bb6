import type { ApiError } from "@rolodesk/shared/api-error";
import type { FactInput } from "@rolodesk/shared/visitor";
import type { VisitorField } from "@rolodesk/shared/vocabulary";
import type { Words } from "./locales/en.ts";
import { looksLikeEmail, looksLikePhone } from "./recognise.ts";

export type CardValues = Partial<Record<VisitorField, string>>;
export type CardErrors = Partial<Record<VisitorField, string>>;
type AskedField = { field: VisitorField; required: boolean };

/** What is wrong with the card, field by field, in words. Blank optional fields are right. */
export function cardErrors(fields: readonly AskedField[], values: CardValues, words: Words): CardErrors {
  const errors: CardErrors = {};
  for (const { field, required } of fields) {
    const value = values[field]?.trim() ?? "";
    if (value === "") {
      if (required) errors[field] = words.missing;
    } else if (field === "email" && !looksLikeEmail(value)) errors.email = words.wrongEmail;
    else if (field === "phone" && !looksLikePhone(value)) errors.phone = words.wrongPhone;
  }
  return errors;
}

/** The filled fields as facts, in the order of the card. */
export function factsOf(fields: readonly AskedField[], values: CardValues): FactInput[] {
  return fields
    .map(({ field }): FactInput => ({ field, value: values[field]?.trim() ?? "" }))
    .filter(({ value }) => value !== "");
}

/** The server names inputs by path (`facts.1.value`), the card by field. What it does not name stays general. */
export function serverErrors({ fields }: ApiError, facts: readonly FactInput[]): CardErrors {
  const errors: CardErrors = {};
  for (const [path, message] of Object.entries(fields ?? {})) {
    const index = /\d+/.exec(path)?.[0];
    const fact = index === undefined ? undefined : facts[Number(index)];
    if (fact) errors[fact.field] = message;
  }
  return errors;
}
