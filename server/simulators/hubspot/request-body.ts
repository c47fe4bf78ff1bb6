import { ApiFailure, validationError } from "./api-failure.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export function parseBody(text: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ApiFailure(400, "Invalid input JSON on line 1, column 1: Unrecognized token", {});
  }
  if (!isObject(parsed))
    throw new ApiFailure(400, "Invalid input JSON on line 1, column 1: Cannot deserialize value", {});
  return parsed;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectIn(body: JsonObject, key: string): JsonObject {
  const value = body[key];
  if (!isObject(value)) throw validationError(`Invalid input JSON: some required fields were not set: [${key}]`);
  return value;
}

export function optionalText(body: JsonObject, key: string): string | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw validationError(`Invalid input JSON: ${key} is not text`);
}

export function textIn(body: JsonObject, key: string): string {
  const value = optionalText(body, key);
  if (value === undefined) throw validationError(`Invalid input JSON: some required fields were not set: [${key}]`);
  return value;
}

export function textsIn(body: JsonObject, key: string): string[] | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw validationError(`Invalid input JSON: ${key} is not a list`);
  return value.map(String);
}

export function objectsIn(body: JsonObject, key: string): JsonObject[] {
  const value = body[key] ?? [];
  if (!Array.isArray(value) || !value.every(isObject))
    throw validationError(`Invalid input JSON: ${key} is not a list of objects`);
  return value;
}

/** The whole number in `text`, or the default when there is none. */
export function wholeNumber(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d+$/.test(text)) throw validationError(`${name} must be a whole number.`);
  return Number(text);
}
