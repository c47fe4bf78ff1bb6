import { Hono } from "hono";
import type { Account } from "./account.ts";
import { ApiFailure, validationError } from "./api-failure.ts";
import { json } from "./api-guard.ts";
import { findProperty, listProperties, plainProperty, propertyToWire } from "./property-catalog.ts";
import { type JsonObject, objectsIn, optionalText, parseBody, textIn } from "./request-body.ts";
import type { PropertyDefinition, PropertyOption } from "./state.ts";

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

  app.patch("/contacts/:name", async (c) => {
    const property = findProperty(account.state(), c.req.param("name"));
    if (!property || property.hubspotDefined) throw noCustomProperty(c.req.param("name"));
    const body = parseBody(await c.req.text());
    const changed: PropertyDefinition = {
      ...property,
      label: optionalText(body, "label") ?? property.label,
      type: optionalText(body, "type") ?? property.type,
      fieldType: optionalText(body, "fieldType") ?? property.fieldType,
      options: body.options === undefined ? property.options : readOptions(body),
    };
    account.state().customProperties[property.name] = changed;
    return json(c, 200, propertyToWire(changed));
  });

  /** Archives it: it is not in the list any more, and can be neither read nor written. */
  app.delete("/contacts/:name", (c) => {
    const name = c.req.param("name");
    if (!Object.hasOwn(account.state().customProperties, name)) throw noCustomProperty(name);
    delete account.state().customProperties[name];
    return c.body(null, 204);
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

function readDefinition(body: JsonObject): PropertyDefinition {
  const name = textIn(body, "name");
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw validationError("name must begin with a letter: lower case, digits, underscores.");
  return {
    ...plainProperty(name, textIn(body, "label"), textIn(body, "type"), textIn(body, "fieldType")),
    groupName: textIn(body, "groupName"),
    hasUniqueValue: body.hasUniqueValue === true,
    options: readOptions(body),
  };
}

function readOptions(body: JsonObject): PropertyOption[] {
  return objectsIn(body, "options").map((option, displayOrder) => ({
    label: textIn(option, "label"),
    value: textIn(option, "value"),
    hidden: option.hidden === true,
    displayOrder,
  }));
}

function noCustomProperty(name: string): ApiFailure {
  return new ApiFailure(404, `There is no custom property "${name}".`, { category: "OBJECT_NOT_FOUND" });
}
