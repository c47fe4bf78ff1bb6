import type { FieldDescription } from "../../../server/domain/connector.ts";

/** A CRM's field as metadata describes it: a text called "Plan" where nothing else is said. */
export function described(about: Partial<FieldDescription> = {}): FieldDescription {
  return {
    property: "plan",
    label: "Plan",
    type: "text",
    maxLength: null,
    required: false,
    writable: true,
    custom: true,
    options: [],
    ...about,
  };
}
