import { AuthorizationStart, NewAuthorization, ReAuthorization } from "@rolodesk/shared/authorization";
import type { DescribedRoutes } from "./route-description.ts";

/** People only: the vendor sends the browser back, in which the same session must be signed in. */
const BY_PERSON = { access: "session", adminOnly: true } as const;

export const AUTHORIZATION_ROUTES: DescribedRoutes = {
  "POST /api/authorizations": {
    summary: "Begin to connect a CRM account by OAuth",
    details:
      "Answers the vendor's page to open in this browser. Who agrees there within ten minutes comes back connected.",
    ...BY_PERSON,
    body: NewAuthorization,
    answers: { 201: AuthorizationStart },
  },
  "POST /api/connections/:id/authorization": {
    summary: "Begin to authorize a connection again by OAuth",
    details: "It must lead to the same account. Without credentials the stored app is used.",
    ...BY_PERSON,
    body: ReAuthorization,
    answers: { 201: AuthorizationStart },
  },
};
