import type { AskFields, AskLevel, WidgetConfig } from "@rolodesk/shared/site";
import { isRecord, isText } from "./shape.ts";

/** The site's public configuration, or null when the answer is not one. */
export function readWidgetConfig(data: unknown): WidgetConfig | null {
  if (!isRecord(data)) return null;
  const { siteKey, name, accent, greeting, agentsOnline } = data;
  const ask = readAsk(data.ask);
  if (!ask || !isText(siteKey, 64) || !isText(name, 200) || !isText(greeting, 400)) return null;
  if (!isText(accent, 7) || !/^#[0-9a-f]{6}$/i.test(accent)) return null;
  return { siteKey, name, accent, greeting, ask, agentsOnline: agentsOnline === true };
}

function readAsk(data: unknown): AskFields | null {
  if (!isRecord(data)) return null;
  const { firstName, lastName, email, phone } = data;
  if (!isLevel(firstName) || !isLevel(lastName) || !isLevel(email) || !isLevel(phone)) return null;
  return { firstName, lastName, email, phone };
}

function isLevel(value: unknown): value is AskLevel {
  return value === "off" || value === "optional" || value === "required";
}
