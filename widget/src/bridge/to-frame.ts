import type { WidgetConfig } from "@rolodesk/shared/site";
import type { PageContext, VisitorAttributes } from "@rolodesk/shared/visitor";
import { isRecord, isText } from "./shape.ts";
import { readWidgetConfig } from "./widget-config.ts";

/** What the host page's loader tells the frame, over the port only. */
export type ToFrame =
  | { type: "start"; config: WidgetConfig; language: string; page: PageContext }
  | { type: "shown"; byVisitor: boolean }
  | { type: "hidden" }
  | { type: "page"; page: PageContext }
  | { type: "identify"; token: string }
  | { type: "logout" }
  | { type: "attributes"; attributes: VisitorAttributes };

/** `start` as it leaves the loader, which passes the configuration on unread. */
export type Start = Omit<Extract<ToFrame, { type: "start" }>, "config"> & { config: unknown };

const ATTRIBUTE_NAME = /^[A-Za-z][\w.-]{0,63}$/;
const MAX_ATTRIBUTES = 50;

/** The message, rebuilt field by field, or null when it is none of ours. */
export function readToFrame(data: unknown): ToFrame | null {
  if (!isRecord(data)) return null;
  switch (data.type) {
    case "start":
      return readStart(data);
    case "shown":
      return { type: "shown", byVisitor: data.byVisitor === true };
    case "hidden":
    case "logout":
      return { type: data.type };
    case "page": {
      const page = readPage(data.page);
      return page && { type: "page", page };
    }
    case "identify":
      return isText(data.token, 8192) ? { type: "identify", token: data.token } : null;
    case "attributes": {
      const attributes = readAttributes(data.attributes);
      return attributes && { type: "attributes", attributes };
    }
    default:
      return null;
  }
}

function readStart(data: Record<string, unknown>): ToFrame | null {
  const config = readWidgetConfig(data.config);
  const page = readPage(data.page);
  if (!config || !page || !isText(data.language, 40)) return null;
  return { type: "start", config, page, language: data.language };
}

function readPage(data: unknown): PageContext | null {
  if (!isRecord(data)) return null;
  const { url, title, referrer } = data;
  return isText(url, 2000) && isText(title, 300) && isText(referrer, 2000) ? { url, title, referrer } : null;
}

/** Entries of a shape the server would refuse are left out, so that one bad value does not lose the others. */
function readAttributes(data: unknown): VisitorAttributes | null {
  if (!isRecord(data)) return null;
  const attributes: VisitorAttributes = {};
  for (const [name, value] of Object.entries(data).slice(0, MAX_ATTRIBUTES)) {
    if (ATTRIBUTE_NAME.test(name) && isAttribute(value)) attributes[name] = value;
  }
  return attributes;
}

function isAttribute(value: unknown): value is VisitorAttributes[string] {
  return value === null || typeof value === "boolean" || Number.isFinite(value) || isText(value, 500);
}
