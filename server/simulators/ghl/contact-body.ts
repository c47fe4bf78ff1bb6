import { unprocessable } from "./api-error.ts";
import {
  type ChannelDnd,
  type CustomFieldContent,
  type CustomFieldValue,
  TEXT_FIELDS,
  type TextField,
} from "./state.ts";

/** The body of a contact write, after the whitelist. A null or empty text clears the field. */
export interface ContactBody {
  readonly locationId?: string;
  readonly values: Partial<Record<TextField, string | null>>;
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly dnd?: boolean;
  readonly dndSettings?: Readonly<Record<string, ChannelDnd>>;
  readonly inboundDndSettings?: Readonly<Record<string, ChannelDnd>>;
  readonly customFields: readonly CustomFieldValue[];
  readonly createNewIfDuplicateAllowed: boolean;
}

const ALWAYS = [...TEXT_FIELDS, "name", "dnd", "dndSettings", "inboundDndSettings", "tags", "customFields"];
const ALLOWED = {
  create: [...ALWAYS, "locationId"],
  upsert: [...ALWAYS, "locationId", "createNewIfDuplicateAllowed"],
  // the update of 2021-07-28 has a whitelist of its own
  update: ALWAYS.filter((name) => name !== "gender" && name !== "companyName"),
} as const;

/** Strict validation: an unknown or mistyped property refuses the whole body, and `message` lists every problem. */
export function readContactBody(json: unknown, kind: keyof typeof ALLOWED): ContactBody {
  const body = objectOf(json);
  const problems = Object.keys(body)
    .filter((name) => !ALLOWED[kind].includes(name))
    .map((name) => `property ${name} should not exist`);

  const values: Partial<Record<TextField, string | null>> = {};
  for (const name of TEXT_FIELDS) {
    const value = body[name];
    if (value === undefined) continue;
    if (value === null || typeof value === "string") values[name] = value;
    else problems.push(`${name} must be a string`);
  }
  if (values.email && !/^[^\s@]+@[^\s@]+$/.test(values.email)) problems.push("email must be an email");
  if (kind !== "update" && typeof body.locationId !== "string") problems.push("LocationId can't be undefined");
  if (body.name !== undefined && body.name !== null && typeof body.name !== "string") {
    problems.push("name must be a string");
  }
  if (body.dnd !== undefined && typeof body.dnd !== "boolean") problems.push("dnd must be a boolean value");
  if (body.tags !== undefined && !isTextList(body.tags)) problems.push("tags must be an array");
  if (body.customFields !== undefined && !Array.isArray(body.customFields)) {
    problems.push("customFields must be an array");
  }
  const dndSettings = readChannels("dndSettings", body.dndSettings, problems);
  const inboundDndSettings = readChannels("inboundDndSettings", body.inboundDndSettings, problems);
  if (problems.length > 0) throw unprocessable(problems);

  return {
    locationId: typeof body.locationId === "string" ? body.locationId : undefined,
    values,
    name: typeof body.name === "string" ? body.name : undefined,
    tags: isTextList(body.tags) ? body.tags : undefined,
    dnd: typeof body.dnd === "boolean" ? body.dnd : undefined,
    ...(dndSettings && { dndSettings }),
    ...(inboundDndSettings && { inboundDndSettings }),
    customFields: Array.isArray(body.customFields) ? body.customFields.flatMap(customFieldOf) : [],
    createNewIfDuplicateAllowed: body.createNewIfDuplicateAllowed === true,
  };
}

export function objectOf(json: unknown): Record<string, unknown> {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return { ...json };
  throw unprocessable(["body must be an object"]);
}

export function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

/** `active` means that do-not-disturb is on for the channel. Channels and the master switch may contradict each other. */
function readChannels(name: string, value: unknown, problems: string[]): Record<string, ChannelDnd> | undefined {
  if (value === undefined) return undefined;
  const channels: Record<string, ChannelDnd> = {};
  for (const [channel, setting] of Object.entries(objectOf(value))) {
    const { status, message, code } = objectOf(setting);
    if (status !== "active" && status !== "inactive" && status !== "permanent") {
      problems.push(`${name}.${channel}.status must be one of the following values: active, inactive, permanent`);
      continue;
    }
    channels[channel] = {
      status,
      ...(typeof message === "string" && { message }),
      ...(typeof code === "string" && { code }),
    };
  }
  return channels;
}

/** Written as `field_value` (or `fieldValue`), read back as `value`. */
function customFieldOf(entry: unknown): CustomFieldValue[] {
  const { id, field_value, fieldValue } = objectOf(entry);
  if (typeof id !== "string") throw unprocessable(["customFields.id must be a string"]);
  const value = field_value ?? fieldValue;
  return [{ id, value: isContent(value) ? value : "" }];
}

function isContent(value: unknown): value is CustomFieldContent {
  return typeof value === "string" || typeof value === "number" || (typeof value === "object" && value !== null);
}
