import { z } from "zod";
import { createGhlSimulator, type GhlSimulatorOptions } from "../../server/simulators/ghl/simulator.ts";

export const LOCATION = "demoLocation00000001";
export const ann = { firstName: "Ann", lastName: "Lee", email: "Ann@example.com", phone: "+1 (202) 555-0101" };

const TOKEN = "pit-demo";
const START = Date.parse("2026-03-01T10:00:00.000Z");

const Contact = z.looseObject({
  id: z.string(),
  firstName: z.string().nullish(),
  dateUpdated: z.string(),
  searchAfter: z.array(z.unknown()).optional(),
});
const Answer = z.looseObject({
  traceId: z.string().optional(),
  contact: Contact.nullish(),
  contacts: z.array(Contact).default([]),
  total: z.number().optional(),
  notes: z.array(z.looseObject({ body: z.string() })).default([]),
  location: z.looseObject({ settings: z.unknown() }).optional(),
  customFields: z.array(z.unknown()).default([]),
});

/** A fresh location, a clock that is moved by hand, and `ask` to speak to it as a client does. */
export function openGhlSimulator(options: Partial<GhlSimulatorOptions> = {}) {
  let nowMs = START;
  const simulator = createGhlSimulator({ token: TOKEN, locationId: LOCATION, now: () => nowMs, ...options });
  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const own = { authorization: `Bearer ${TOKEN}`, version: "2021-07-28", "content-type": "application/json" };
    const answer = await simulator.app.request(path, {
      method,
      headers: { ...own, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, json: Answer.parse(await answer.json()) };
  }
  return {
    simulator,
    ask,
    create: (values: object) => ask("POST", "/contacts/", { locationId: LOCATION, ...values }),
    search: (body: object = {}) => ask("POST", "/contacts/search", { locationId: LOCATION, pageLimit: 100, ...body }),
    advance(ms: number) {
      nowMs += ms;
    },
  };
}
