import type { Provider } from "@rolodesk/shared/vocabulary";
import { bigcommerce } from "./bigcommerce/index.ts";
import { dynamics } from "./dynamics/index.ts";
import { ghl } from "./ghl/index.ts";
import { hubspot } from "./hubspot/index.ts";
import { memory } from "./memory/index.ts";
import type { CrmModule } from "./module.ts";

const modules: Record<Provider, CrmModule> = {
  hubspot: forStoredInput(hubspot),
  dynamics: forStoredInput(dynamics),
  ghl: forStoredInput(ghl),
  bigcommerce: forStoredInput(bigcommerce),
  memory: forStoredInput(memory),
};

/** The module of a CRM. Settings and credentials may be handed to it as they are stored: it parses them by its own schemas. */
export function moduleOf(provider: Provider): CrmModule {
  return modules[provider];
}

/** Lets modules with different settings stand in one table: what comes in untyped is parsed before the module sees it. */
function forStoredInput<Settings, Credentials>(module: CrmModule<Settings, Credentials>): CrmModule {
  const { webhook } = module;
  return {
    ...module,
    webhook: webhook && {
      guide: webhook.guide,
      read: (input) =>
        webhook.read({
          ...input,
          settings: module.settings.parse(input.settings),
          credentials: module.credentials.parse(input.credentials),
        }),
    },
    capabilitiesOf: (settings) => module.capabilitiesOf?.(module.settings.parse(settings)) ?? module.capabilities,
    usesVendorHosts: (settings) => module.usesVendorHosts(module.settings.parse(settings)),
    createConnector: (input) =>
      module.createConnector({
        ...input,
        settings: module.settings.parse(input.settings),
        credentials: module.credentials.parse(input.credentials),
      }),
  };
}
