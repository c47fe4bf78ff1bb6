import {
  createHubSpotSimulator,
  type HubSpotSimulatorOptions,
} from "../../server/simulators/hubspot/hubspot-simulator.ts";

const TOKEN = "pat-na1-simulated";
export const V3 = "/crm/v3/objects/contacts";
export const DATED = "/crm/objects/2026-09/contacts";

/** The parts of HubSpot's answers that the assertions reach into; the rest is compared whole. */
export interface Body {
  readonly id: string;
  readonly name: string;
  readonly new: boolean;
  readonly message: string;
  readonly category: string;
  readonly correlationId: string;
  readonly archived: boolean;
  readonly total: number;
  readonly code: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly propertiesWithHistory: Readonly<Record<string, unknown>>;
  readonly modificationMetadata: { readonly readOnlyValue: boolean };
  readonly associations: { readonly notes: { readonly results: unknown } };
  readonly paging: { readonly next: { readonly after: string } };
  readonly results: readonly Body[];
  readonly errors: readonly Body[];
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A simulator on a clock of its own, and what a client would send it. */
export function openHubSpot(options: Partial<HubSpotSimulatorOptions> = {}) {
  let clock = Date.parse("2026-10-01T15:00:00Z");
  const simulator = createHubSpotSimulator({
    token: TOKEN,
    now: () => clock,
    random: () => 0,
    searchLagMs: 4000,
    ...options,
    switches: { searchesPerSecond: 100, ...options.switches },
  });

  async function call(
    method: string,
    path: string,
    body?: unknown,
    token = TOKEN,
    type = "application/json",
  ): Promise<Answer> {
    const answer = await simulator.app.request(`http://hubspot.test${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": type },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.startsWith("application/json");
    return { status: answer.status, headers: answer.headers, body: JSON.parse(isJson ? text : "{}") };
  }

  async function create(properties: Record<string, unknown>): Promise<string> {
    return (await call("POST", DATED, { properties })).body.id;
  }

  async function search(filters: unknown[], more: Record<string, unknown> = {}): Promise<string[]> {
    const { body } = await call("POST", `${DATED}/search`, { filterGroups: [{ filters }], ...more });
    return body.results.map((hit) => hit.id);
  }

  return {
    simulator,
    call,
    create,
    search,
    advance(ms: number) {
      clock += ms;
    },
  };
}

export const byEmail = (value: string) => [{ propertyName: "email", operator: "EQ", value }];
