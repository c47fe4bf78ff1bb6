import { ApiKeyList, MadeApiKey, NewApiKey } from "@rolodesk/shared/api-key";
import { Credentials, Me, PasswordChange, PasswordReset, Setup, SetupState } from "@rolodesk/shared/user";
import { z } from "zod";
import type { DescribedRoutes } from "./route-description.ts";

/** An OpenAPI 3.1 document. */
const OpenApiDocument = z.looseObject({ openapi: z.literal("3.1.0") });

export const ACCOUNT_ROUTES: DescribedRoutes = {
  "GET /api/openapi.json": { summary: "Read this document", access: "open", answers: { 200: OpenApiDocument } },
  "GET /api/setup": {
    summary: "Ask whether the first admin is still to be made",
    access: "open",
    answers: { 200: SetupState },
  },
  "POST /api/setup": {
    summary: "Make the first admin, and sign in",
    access: "open",
    body: Setup,
    answers: { 201: Me },
    errors: [409],
  },
  "POST /api/auth/sign-in/email": {
    summary: "Sign in",
    details: "The answer sets the session's cookie.",
    access: "open",
    body: Credentials,
    answers: { 200: Me },
    errors: [401],
  },
  "POST /api/auth/sign-out": { summary: "Sign out", access: "open", answers: { 204: null } },
  "POST /api/password-reset": {
    summary: "Choose a password with a link from an admin",
    access: "open",
    body: PasswordReset,
    answers: { 204: null },
    errors: [404],
  },
  "GET /api/me": { summary: "Read who is signed in", access: "session", answers: { 200: Me } },
  "POST /api/me/password": {
    summary: "Change your password",
    details: "Your other sessions end.",
    access: "session",
    body: PasswordChange,
    answers: { 204: null },
  },
  "GET /api/api-keys": {
    summary: "List the API keys",
    access: "session",
    adminOnly: true,
    answers: { 200: ApiKeyList },
  },
  "POST /api/api-keys": {
    summary: "Make an API key",
    details: "It acts in the name of its maker. It is shown this once.",
    access: "session",
    adminOnly: true,
    body: NewApiKey,
    answers: { 201: MadeApiKey },
  },
  "DELETE /api/api-keys/:id": {
    summary: "Revoke an API key",
    access: "session",
    adminOnly: true,
    answers: { 204: null },
  },
};
