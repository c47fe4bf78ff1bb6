import type { ContactChannel } from "@rolodesk/shared/vocabulary";
import type { Contact } from "./schema.ts";

const CHANNELS: ReadonlyMap<string, ContactChannel> = new Map([
  ["email", "email"],
  ["sms", "sms"],
  ["call", "call"],
  ["whatsapp", "whatsapp"],
]);

/** `active` and `permanent` mean that do-not-disturb is on. The two places contradict each other in real data: the stricter counts. */
export function doNotContactOf({ dnd, dndSettings }: Contact): readonly ContactChannel[] {
  const on = Object.entries(dndSettings ?? {}).filter(([, setting]) =>
    /^(active|permanent)$/i.test(setting?.status ?? ""),
  );
  const channels = on.map(([name]) => CHANNELS.get(name.toLowerCase()) ?? "other");
  return [...new Set<ContactChannel>([...(dnd ? (["all"] as const) : []), ...channels])];
}
