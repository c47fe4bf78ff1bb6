import { Connection, Mapping, ObjectQuery } from "@rolodesk/shared/connection";
import { MappingSample, MappingSuggestions, SampleInput } from "@rolodesk/shared/mapping";
import type { DescribedRoutes } from "./route-description.ts";
import { CrmFieldList } from "./wire-lists.ts";

const ADMIN = { access: "admin", adminOnly: true } as const;

export const MAPPING_ROUTES: DescribedRoutes = {
  "GET /api/connections/:id/fields": {
    summary: "List the fields of a CRM's object",
    details: "As they were read at `fetchedAt`. They are read from the CRM where that is a day ago.",
    ...ADMIN,
    query: ObjectQuery,
    answers: { 200: CrmFieldList },
    errors: [409],
  },
  "POST /api/connections/:id/fields/refresh": {
    summary: "Read the fields of a connection's CRM anew",
    details: "`mappingFaults` of the answer names what of the mapping has broken since it was saved.",
    ...ADMIN,
    answers: { 200: Connection },
    errors: [409],
  },
  "GET /api/connections/:id/mapping": { summary: "Read the field mapping", ...ADMIN, answers: { 200: Mapping } },
  "PUT /api/connections/:id/mapping": {
    summary: "Replace the field mapping",
    details:
      "It is checked against the CRM's fields. A refusal names rows as `fields.<row>.<part>`, and what a new record needs as `required.<object>`.",
    ...ADMIN,
    body: Mapping,
    answers: { 200: Mapping },
    errors: [409],
  },
  "GET /api/connections/:id/mapping/suggestions": {
    summary: "Suggest rows for the field mapping",
    details: "By well-known names, labels and types. Nothing is saved.",
    ...ADMIN,
    answers: { 200: MappingSuggestions },
    errors: [409],
  },
  "POST /api/connections/:id/mapping/sample": {
    summary: "Show what rows of a mapping would give the CRM of somebody",
    details: "Nothing is saved and the CRM is not asked.",
    ...ADMIN,
    body: SampleInput,
    answers: { 200: MappingSample },
  },
};
