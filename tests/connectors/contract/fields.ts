import { expect } from "vitest";
import type { ContractCase, Person } from "./harness.ts";

const TYPES: Readonly<Record<keyof Person, readonly string[]>> = {
  firstName: ["text"],
  lastName: ["text"],
  email: ["email", "text"],
  phone: ["phone", "text"],
};

export const fieldCases: readonly ContractCase[] = [
  {
    name: "describes the mapped fields of every object as writable, with label and type",
    async run(h) {
      for (const object of h.capabilities.objects) {
        const fields = await h.connector.describeFields(object);
        for (const name of ["firstName", "lastName", "email", "phone"] as const) {
          const field = fields.find((one) => one.property === h.properties[name]);
          expect(field, `${object}.${h.properties[name]}`).toMatchObject({ writable: true });
          expect(TYPES[name]).toContain(field?.type);
          expect(field?.label).toMatch(/\S/);
        }
      }
    },
  },
  {
    name: "describes every field once",
    async run(h) {
      for (const object of h.capabilities.objects) {
        const names = (await h.connector.describeFields(object)).map((field) => field.property);
        expect(new Set(names).size).toBe(names.length);
      }
    },
  },
  {
    name: "names the account behind the connection",
    async run(h) {
      const account = await h.connector.checkConnection();
      expect(account.accountId).toMatch(/\S/);
      expect(account.accountName).toMatch(/\S/);
      expect(JSON.parse(JSON.stringify(account.facts))).toEqual(account.facts);
      for (const secret of h.secrets) expect(JSON.stringify(account)).not.toContain(secret);
    },
  },
];
