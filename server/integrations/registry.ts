import type { Provider } from "@rolodesk/shared/vocabulary";
import type { z } from "zod";
import { bigcommerce } from "./bigcommerce/index.ts";
import { dynamics } from "./dynamics/index.ts";
import { ghl } from "./ghl/index.ts";
import { hubspot } from "./hubspot/index.ts";
import { memory } from "./memory/index.ts";
import type { CrmModule } from "./module.ts";
import type { CrmOAuth } from "./oauth.ts";

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
function forStoredInput<Settings, Credentials, Before>(module: CrmModule<Settings, Credentials, Before>): CrmModule {
  const { webhook, oauth } = module;
  return {
    ...module,
    webhook: webhook && {
      guide: webhook.guide,
      read: (input) =>
        webhook.read({
          ...input,
          settings: module.settings.parse(input.settings),
          // asked for only where a CRM signs with them: an authorized account has none of these
          get credentials() {
            return module.credentials.parse(input.credentials);
          },
        }),
    },
    oauth: oauth && authorizingStored(oauth, module.settings),
    readVisitorToken:
      module.readVisitorToken &&
      ((token, { settings, credentials, now }) =>
        module.readVisitorToken?.(token, {
          settings: module.settings.parse(settings),
          credentials: module.credentials.parse(credentials),
          now,
        }) ?? null),
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

function authorizingStored<Settings, Before>(
  oauth: CrmOAuth<Settings, Before>,
  settingsSchema: z.ZodType<Settings>,
): CrmOAuth<unknown, unknown> {
  const { narrow } = oauth;
  const before = <Request extends { readonly settings: unknown }>(request: Request) => ({
    ...request,
    settings: oauth.before.parse(request.settings),
  });
  return {
    guide: oauth.guide,
    inputs: oauth.inputs,
    before: oauth.before,
    usesVendorHosts: (settings) => oauth.usesVendorHosts(oauth.before.parse(settings)),
    authorizeUrl: (request) => oauth.authorizeUrl(before(request)),
    exchange: (request) => oauth.exchange(before(request)),
    refresh: (request) => oauth.refresh(before(request)),
    narrow: narrow && ((request) => narrow(before(request))),
    createConnector: (input) => oauth.createConnector({ ...input, settings: settingsSchema.parse(input.settings) }),
  };
}
