import { z } from "zod";
import type { CrmModule } from "../module.ts";
import { createMemoryConnector } from "./connector.ts";
import { memoryStore } from "./store.ts";

const Settings = z.object({ storeId: z.string().min(1) });
const Credentials = z.object({});

/** A CRM inside this process, for tests of the engine. Admins are never offered it. */
export const memory: CrmModule<z.infer<typeof Settings>, z.infer<typeof Credentials>> = {
  provider: "memory",
  name: "Memory",
  settings: Settings,
  credentials: Credentials,
  guide: { name: "Memory", about: "For tests.", steps: [], scopes: [], links: [] },
  inputs: [
    {
      name: "storeId",
      in: "settings",
      label: "Store",
      hint: "Connections with the same store share its records.",
      required: true,
    },
  ],
  defaultMapping: ["firstName", "lastName", "email", "phone"].map((field) => ({
    field,
    object: "contact",
    property: field,
    policy: "fill_blank",
  })),
  capabilities: {
    objects: ["contact"],
    creates: "contact",
    requiredToCreate: [],
    conditionalWrites: true,
    findsBothKeysAtOnce: true,
    createSettlesAfterMs: () => 0,
  },
  usesVendorHosts: () => true,
  createConnector: ({ settings, now }) => createMemoryConnector(memoryStore(settings.storeId), settings.storeId, now),
};
