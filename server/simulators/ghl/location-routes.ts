import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { Store } from "../kit/file-store.ts";
import type { ContactBook } from "./contact-book.ts";
import type { GhlLocation, GhlState } from "./state.ts";

/** `/locations/{id}`: the sub-account, its custom fields and tags. */
export function locationRoutes(location: GhlLocation, store: Store<GhlState>, book: ContactBook): Hono {
  const app = new Hono();

  app.get("/:locationId", (c) => {
    const { allowDuplicateContact, contactUniqueIdentifiers, ...shown } = location;
    return c.json({
      location: {
        ...shown,
        settings: {
          allowDuplicateContact,
          allowDuplicateOpportunity: false,
          allowFacebookNameMerge: false,
          disableContactTimezone: false,
          contactUniqueIdentifiers,
        },
      },
      traceId: randomUUID(),
    });
  });

  app.get("/:locationId/customFields", (c) => {
    const model = c.req.query("model") ?? "all";
    const customFields = store.state.customFields
      .filter((field) => model === "all" || field.model === model)
      .map((field, position) => ({
        ...field,
        placeholder: "",
        position: position * 50,
        documentType: "field",
        locationId: location.id,
        standard: false,
      }));
    return c.json({ customFields, traceId: randomUUID() });
  });

  app.get("/:locationId/tags", (c) => {
    const names = new Set(book.all().flatMap((contact) => (contact.gone === null ? contact.tags : [])));
    const tags = [...names].map((name) => ({ id: `tag_${name}`, name, locationId: location.id }));
    return c.json({ tags, traceId: randomUUID() });
  });

  return app;
}
