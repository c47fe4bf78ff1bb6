import { inputWords } from "@rolodesk/shared/input-words";
import { PROVIDERS, type Provider } from "@rolodesk/shared/vocabulary";
import type { z } from "zod";
import type { CallGate } from "./call-gate.ts";
import type { ConnectionAccess, ConnectorFactory, CrmKind } from "./connector-factory.ts";
import type { HttpOptions } from "./http-client.ts";
import type { CrmModule } from "./module.ts";
import { moduleOf } from "./registry.ts";
import { refused } from "./webhook.ts";

export interface FactoryOptions {
  /** Demo mode reaches simulators on this machine; otherwise only the vendors' own hosts are accepted. */
  readonly demo: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly http?: Omit<HttpOptions, "onCall" | "beforeCall" | "afterCall">;
}

const WORDS = { error: inputWords };

/** The memory CRM is for tests and is never offered. */
const OFFERED = PROVIDERS.filter((provider) => provider !== "memory");

export function createConnectorFactory({ demo, now, http }: FactoryOptions): ConnectorFactory {
  return {
    offered: OFFERED.map(kindOf),
    kindOf,
    problemsWith({ provider, settings, credentials }) {
      const module = moduleOf(provider);
      const inputs = { settings: withoutBlanks(settings), credentials: withoutBlanks(credentials) };
      const problems = {
        ...issuesOf("settings", module.settings.safeParse(inputs.settings, WORDS)),
        ...issuesOf("credentials", module.credentials.safeParse(inputs.credentials, WORDS)),
      };
      if (Object.keys(problems).length > 0 || demo || module.usesVendorHosts(inputs.settings)) return problems;
      return { [addressInput(module)]: `This is not an address of ${module.name}.` };
    },
    readWebhook({ provider, settings, credentials, accountId, secrets }, delivery) {
      const { webhook } = moduleOf(provider);
      if (!webhook) return refused("not_set_up");
      return webhook.read({
        ...delivery,
        accountId,
        secrets,
        settings: withoutBlanks(settings),
        credentials: withoutBlanks(credentials),
        now,
      });
    },
    limitsOf: (provider) => moduleOf(provider).limits ?? null,
    open({ provider, settings, credentials, facts }, onCall, gate) {
      const module = moduleOf(provider);
      if (!demo && provider !== "memory" && !module.usesVendorHosts(withoutBlanks(settings))) {
        throw new Error(`A stored connection points outside ${module.name}.`);
      }
      const connector = module.createConnector({
        settings: withoutBlanks(settings),
        credentials: withoutBlanks(credentials),
        facts,
        now,
        http: { ...http, onCall, ...(gate && through(gate, module, { facts, now })) },
      });
      const capabilities = module.capabilitiesOf?.(withoutBlanks(settings)) ?? module.capabilities;
      return { connector, capabilities, providerName: module.name };
    },
  };
}

/** Lets every call pass the gate, and tells it of the answer what the vendor's headers say of limits. */
function through(
  gate: CallGate,
  { limits }: CrmModule,
  { facts, now }: Pick<ConnectionAccess, "facts"> & Pick<FactoryOptions, "now">,
): Pick<HttpOptions, "beforeCall" | "afterCall"> {
  return {
    beforeCall: (kind) => gate.before(kind),
    afterCall: (kind, answer) =>
      gate.after(
        kind,
        answer && { status: answer.status, limits: limits?.read(answer, { nowMs: now(), facts }) ?? {} },
      ),
  };
}

function kindOf(provider: Provider): CrmKind {
  const { name, inputs, defaultMapping, capabilities, webhook } = moduleOf(provider);
  return { provider, name, inputs, defaultMapping, objects: capabilities.objects, webhook: webhook?.guide ?? null };
}

/** An input left empty is one that was not given. */
function withoutBlanks(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== ""));
}

function issuesOf(part: string, parsed: z.ZodSafeParseResult<unknown>): Record<string, string> {
  if (parsed.success) return {};
  return Object.fromEntries(
    parsed.error.issues.map(({ path, code, message }) => [
      `${part}.${path.join(".")}`,
      code === "invalid_type" ? "This is needed." : message,
    ]),
  );
}

function addressInput(module: CrmModule): string {
  const input = module.inputs.find(
    ({ in: part, name, required }) => part === "settings" && required && /url$/i.test(name),
  );
  return `settings.${input?.name ?? "baseUrl"}`;
}
