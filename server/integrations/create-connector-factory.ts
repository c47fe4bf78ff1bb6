import { inputWords } from "@rolodesk/shared/input-words";
import { PROVIDERS, type Provider } from "@rolodesk/shared/vocabulary";
import type { Connector } from "../domain/connector.ts";
import { ConnectorError } from "../domain/connector-error.ts";
import { APP_INPUTS, createAuthorizer } from "./authorizer.ts";
import type { AnswerHeard, CallGate } from "./call-gate.ts";
import type { ConnectionAccess, ConnectorFactory, CrmKind } from "./connector-factory.ts";
import { inputIssues, withoutBlanks } from "./entered.ts";
import type { HttpOptions, HttpResponse } from "./http-client.ts";
import type { AuthorizedInput, CrmModule } from "./module.ts";
import { moduleOf } from "./registry.ts";
import { refused } from "./webhook.ts";

interface FactoryOptions {
  /** Demo mode reaches simulators on this machine; otherwise only the vendors' own hosts are accepted. */
  readonly demo: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly http?: Omit<HttpOptions, "onCall" | "pass">;
}

const WORDS = { error: inputWords };

/** The memory CRM is for tests and is never offered. */
const OFFERED = PROVIDERS.filter((provider) => provider !== "memory");

export function createConnectorFactory({ demo, now, http }: FactoryOptions): ConnectorFactory {
  return {
    offered: OFFERED.map(kindOf),
    kindOf,
    authorizerOf: (provider) => createAuthorizer(moduleOf(provider), { demo, now, http: { ...http } }),
    problemsWith({ provider, settings, credentials, tokens }) {
      const module = moduleOf(provider);
      const inputs = { settings: withoutBlanks(settings), credentials: withoutBlanks(credentials) };
      const problems = {
        ...inputIssues("settings", module.settings.safeParse(inputs.settings, WORDS)),
        ...(tokens ? {} : inputIssues("credentials", module.credentials.safeParse(inputs.credentials, WORDS))),
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
    readVisitorToken({ provider, settings, credentials }, token) {
      const input = { settings: withoutBlanks(settings), credentials: withoutBlanks(credentials), now };
      return moduleOf(provider).readVisitorToken?.(token, input) ?? null;
    },
    limitsOf: (provider) => moduleOf(provider).limits ?? null,
    open(access, onCall, gate) {
      const { provider, credentials, facts, tokens } = access;
      const module = moduleOf(provider);
      const settings = withoutBlanks(access.settings);
      if (!demo && provider !== "memory" && !module.usesVendorHosts(settings)) {
        const words = `An address of this connection is not ${module.name}’s. No call was made.`;
        throw new ConnectorError("forbidden", words);
      }
      const input = {
        settings,
        facts,
        now,
        http: { ...http, onCall, ...(gate && through(gate, module, { facts, now })) },
      };
      const connector = tokens
        ? authorizedConnector(module, { ...input, tokens })
        : module.createConnector({ ...input, credentials: withoutBlanks(credentials) });
      const capabilities = module.capabilitiesOf?.(settings) ?? module.capabilities;
      return { connector, capabilities, providerName: module.name };
    },
  };
}

function authorizedConnector({ name, oauth }: CrmModule, input: AuthorizedInput<unknown>): Connector {
  if (!oauth) throw new Error(`${name} has no OAuth.`);
  return oauth.createConnector(input);
}

/** Lets every call pass the gate, and tells it of the answer what the vendor's headers say of limits. */
function through(
  gate: CallGate,
  { limits }: CrmModule,
  { facts, now }: Pick<ConnectionAccess, "facts"> & Pick<FactoryOptions, "now">,
): Pick<HttpOptions, "pass"> {
  function read(answer: HttpResponse): AnswerHeard {
    return { status: answer.status, limits: limits?.read(answer, { nowMs: now(), facts }) ?? {} };
  }
  return { pass: (call, send) => gate.pass(call, send, read) };
}

function kindOf(provider: Provider): CrmKind {
  const { name, inputs, guide, oauth, defaultMapping, capabilities, webhook, readVisitorToken } = moduleOf(provider);
  return {
    provider,
    name,
    inputs,
    guide,
    oauth: oauth ? { guide: oauth.guide, inputs: [...APP_INPUTS, ...oauth.inputs] } : null,
    defaultMapping,
    objects: capabilities.objects,
    webhook: webhook?.guide ?? null,
    vouchesForVisitors: readVisitorToken !== undefined,
  };
}

function addressInput(module: CrmModule): string {
  const input = module.inputs.find(
    ({ in: part, name, required }) => part === "settings" && required && /url$/i.test(name),
  );
  return `settings.${input?.name ?? "baseUrl"}`;
}
