import { Erasure, ErasurePage, ListErasures, StartErasure } from "@rolodesk/shared/erasure";
import type { DescribedRoutes } from "./route-description.ts";

export const ERASURE_ROUTES: DescribedRoutes = {
  "GET /api/erasures": {
    summary: "List erasures",
    access: "admin",
    adminOnly: true,
    query: ListErasures,
    answers: { 200: ErasurePage },
  },
  "POST /api/erasures": {
    summary: "Erase a person",
    details:
      "Here at once and for good; in each CRM as its connection says. Repeated for one contact while it runs, it is the same erasure.",
    access: "admin",
    adminOnly: true,
    body: StartErasure,
    answers: { 202: Erasure },
    errors: [404, 409],
  },
  "GET /api/erasures/:id": {
    summary: "Read an erasure and its proof",
    access: "admin",
    adminOnly: true,
    answers: { 200: Erasure },
  },
  "POST /api/erasures/:id/retry": {
    summary: "Try again what could not be deleted in a CRM",
    access: "admin",
    adminOnly: true,
    answers: { 202: Erasure },
    errors: [409],
  },
};
