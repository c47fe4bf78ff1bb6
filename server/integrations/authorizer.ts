import { inputWords } from "@rolodesk/shared/input-words";
import { z } from "zod";
import { ConnectorError } from "../domain/connector-error.ts";
import { inputIssues, withoutBlanks } from "./entered.ts";
import type { HttpOptions } from "./http-client.ts";
import type { ConnectionInput, CrmModule } from "./module.ts";
import type { AuthorizeRequest, ExchangeRequest, Grant, ReadyGrant } from "./oauth.ts";

/** As an admin entered it, or as it is stored. `credentials`: the app's. */
export interface EnteredApp {
  readonly settings: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, string>>;
}

type Entered<Request> = EnteredApp & Omit<Request, "settings" | "app" | "clientId" | "now" | "http">;

/** One CRM's OAuth, with inputs as they are stored. The calls throw `ConnectorError`. */
export interface Authorizer {
  /** What is wrong with the inputs, by `settings.<name>` or `credentials.<name>`; empty when nothing is. */
  problemsWith(entered: EnteredApp): Record<string, string>;
  authorizeUrl(request: Entered<AuthorizeRequest<unknown>>): string;
  exchange(request: Entered<ExchangeRequest<unknown>>): Promise<{
    readonly grant: ReadyGrant;
    readonly settings: Readonly<Record<string, string>>;
  }>;
  refresh(request: EnteredApp & { readonly grant: Grant }): Promise<Grant>;
  narrow(request: EnteredApp & { readonly grant: Grant }): Promise<ReadyGrant>;
}

interface AuthorizerOptions {
  readonly demo: boolean;
  readonly now: () => number;
  readonly http: HttpOptions;
}

export const APP_INPUTS: readonly ConnectionInput[] = [
  { name: "clientId", in: "credentials", label: "Client ID", hint: "Of the app you created.", required: true },
  {
    name: "clientSecret",
    in: "credentials",
    label: "Client secret",
    hint: "Of the same app. It is stored encrypted and never shown again.",
    required: true,
  },
];

const Printable = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .regex(/^[\x21-\x7e]+$/, "There are no spaces in it.");
const App = z.object({ clientId: Printable, clientSecret: Printable });

/** null for a CRM that has no OAuth here. */
export function createAuthorizer(module: CrmModule, { demo, now, http }: AuthorizerOptions): Authorizer | null {
  const { oauth, name } = module;
  if (!oauth) return null;

  /** Every call goes to an address of the vendor, whatever was stored in the meantime. */
  function known({ settings, credentials }: EnteredApp) {
    const before = withoutBlanks(settings);
    if (!demo && oauth?.usesVendorHosts(before) === false) {
      throw new ConnectorError("forbidden", `An address of this connection is not ${name}’s. No call was made.`);
    }
    return { settings: before, app: App.parse(withoutBlanks(credentials)), now, http };
  }

  return {
    problemsWith({ settings, credentials }) {
      const before = withoutBlanks(settings);
      const problems = {
        ...inputIssues("settings", oauth.before.safeParse(before, { error: inputWords })),
        ...inputIssues("credentials", App.safeParse(withoutBlanks(credentials), { error: inputWords })),
      };
      if (Object.keys(problems).length > 0 || demo || oauth.usesVendorHosts(before)) return problems;
      return { "settings.authorizeUrl": `This is not an address of ${name}.` };
    },
    authorizeUrl({ state, challenge, redirectUri, ...entered }) {
      const { settings, app } = known(entered);
      return oauth.authorizeUrl({ settings, clientId: app.clientId, redirectUri, state, challenge });
    },
    exchange: async ({ code, redirectUri, verifier, ...entered }) =>
      await oauth.exchange({ ...known(entered), code, redirectUri, verifier }),
    refresh: async ({ grant, ...entered }) => await oauth.refresh({ ...known(entered), grant }),
    async narrow({ grant, ...entered }) {
      if (grant.accessToken !== null) return { ...grant, accessToken: grant.accessToken };
      if (!oauth.narrow) throw new Error(`${name} gave no access token.`);
      return await oauth.narrow({ ...known(entered), grant });
    },
  };
}
