import { Hono } from "hono";
import type { Account } from "./account.ts";
import { ApiFailure, validationError } from "./api-failure.ts";
import { json } from "./api-guard.ts";
import { findProperty, listProperties, plainProperty, propertyToWire } from "./property-catalog.ts";
import { type JsonObject, objectsIn, parseBody, textIn } from "./request-body.ts";
import type { PropertyDefinition } from "./state.ts";

/** Contact properties under one version's prefix, e.g. `/crm/v3/properties`. */
export function propertyRoutes(account: Account): Hono {
  const app = new Hono();

  app.get("/contacts", (c) => {
    const archived = c.req.query("archived") === "true";
    const sensitivity = c.req.query("dataSensitivity") ?? "non_sensitive";
    const shown = listProperties(account.state()).filter(
      (property) => property.archived === archived && property.dataSensitivity === sensitivity,
    );
    return json(c, 200, { results: shown.map(propertyToWire) });
  });

  app.get("/contacts/:name", (c) => {
    const property = findProperty(account.state(), c.req.param("name"));
    if (!property)
      throw new ApiFailure(404, `Property "${c.req.param("name")}" does not exist`, { category: "OBJECT_NOT_FOUND" });
    return json(c, 200, propertyToWire(property));
  });

  app.post("/contacts", async (c) => {
    const definition = readDefinition(parseBody(await c.req.text()));
    addProperty(account, definition);
    return json(c, 201, propertyToWire(definition));
  });
  return app;
}

export function addProperty(account: Account, definition: PropertyDefinition): void {
  if (findProperty(account.state(), definition.name)) {
    throw new ApiFailure(409, `A property named '${definition.name}' already exists.`, {
      category: "OBJECT_ALREADY_EXISTS",
      subCategory: "Properties.PROPERTY_WITH_NAME_EXISTS",
    });
  }
  account.state().customProperties[definition.name] = definition;
}

/** What an admin edits in HubSpot's settings: only properties of the customer's own. */
export function changeProperty(account: Account, name: string, change: Partial<PropertyDefinition>): void {
  account.state().customProperties[name] = { ...customProperty(account, name), ...change };
}

/** Archives it: it is not in the list any more, and cannot be written. */
export function archiveProperty(account: Account, name: string): void {
  customProperty(account, name);
  delete account.state().customProperties[name];
}

function customProperty(account: Account, name: string): PropertyDefinition {
  const { customProperties } = account.state();
  const property = Object.hasOwn(customProperties, name) ? customProperties[name] : undefined;
  if (!property) throw new Error(`There is no property "${name}" of the customer's own.`);
  return property;
}

function readDefinition(body: JsonObject): PropertyDefinition {
  const name = textIn(body, "name");
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw validationError("name must begin with a letter: lower case, digits, underscores.");
  return {
    ...plainProperty(name, textIn(body, "label"), textIn(body, "type"), textIn(body, "fieldType")),
    groupName: textIn(body, "groupName"),
    hasUniqueValue: body.hasUniqueValue === true,
    options: objectsIn(body, "options").map((option, displayOrder) => ({
      label: textIn(option, "label"),
      value: textIn(option, "value"),
      hidden: option.hidden === true,
      displayOrder,
    })),
  };
}
