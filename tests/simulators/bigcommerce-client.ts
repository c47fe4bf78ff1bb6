import { z } from "zod";
import {
  type BigCommerceSimulatorOptions,
  createBigCommerceSimulator,
} from "../../server/simulators/bigcommerce/simulator.ts";

export const ann = { first_name: "Ann", last_name: "Lee", email: "Ann@example.com", phone: "(202) 555-0101" };

const TOKEN = "demo-access-token";
const STORE = "abc123demo";
const START = Date.parse("2026-03-01T10:00:00.000Z");

const Answer = z.looseObject({
  data: z.array(z.looseObject({ id: z.number().optional() })).default([]),
  meta: z
    .looseObject({
      pagination: z.looseObject({ total: z.number() }).optional(),
      cursor_pagination: z.looseObject({ end_cursor: z.string().optional() }).optional(),
    })
    .default({}),
  title: z.string().optional(),
  errors: z.record(z.string(), z.string()).optional(),
});

/** A fresh store, a clock that is moved by hand, and `ask` to speak to it as a client does; paths begin with `/v3` or `/v2`. */
export function openBigCommerceSimulator(options: Partial<BigCommerceSimulatorOptions> = {}) {
  let nowMs = START;
  const simulator = createBigCommerceSimulator({
    accessToken: TOKEN,
    storeHash: STORE,
    now: () => nowMs,
    ...options,
  });
  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await simulator.app.request(`/stores/${STORE}${path}`, {
      method,
      headers: { "x-auth-token": TOKEN, "content-type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, json: Answer.parse(text === "" ? {} : JSON.parse(text)) };
  }
  return {
    simulator,
    ask,
    list: async (query: string) => {
      const { json } = await ask("GET", `/v3/customers?${query}`);
      return json.data.map(({ id }) => String(id));
    },
    advance(ms: number) {
      nowMs += ms;
    },
  };
}
