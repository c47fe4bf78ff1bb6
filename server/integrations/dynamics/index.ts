import type { CrmModule } from "../module.ts";
import { createTokenCache, createTokenSource } from "../token-source.ts";
import { createDataverse } from "./client.ts";
import { CLOUDS } from "./clouds.ts";
import { createDynamicsConnector } from "./connector.ts";
import { guide } from "./guide.ts";
import { limits } from "./limits.ts";
import { PERSON_OBJECTS } from "./person.ts";
import { DynamicsCredentials, DynamicsFacts, DynamicsSettings } from "./schema.ts";
import { type ColumnCache, createTableColumns } from "./table-columns.ts";
import { isEnvironmentAddress, isLoginAddress } from "./vendor-hosts.ts";
import { dynamicsWebhook } from "./webhook.ts";

/** For leads created before the connection test told the topic's own length: fits every environment seen. */
const SAFE_SUBJECT_LENGTH = 50;
const MAX_SUBJECT_LENGTH = 200;

const DEFAULT_PROPERTIES = [
  { field: "firstName", property: "firstname" },
  { field: "lastName", property: "lastname" },
  { field: "email", property: "emailaddress1" },
  { field: "phone", property: "telephone1" },
];

const tokens = createTokenCache();
const columnCache: ColumnCache = new Map();

/** Dynamics 365 Sales on Dataverse: contacts and leads; a new person becomes a lead. */
export const dynamics: CrmModule<DynamicsSettings, DynamicsCredentials> = {
  provider: "dynamics",
  name: "Dynamics 365",
  settings: DynamicsSettings,
  credentials: DynamicsCredentials,
  guide,
  inputs: [
    {
      name: "cloud",
      in: "settings",
      label: "Cloud",
      hint: "Where the environment lives. It decides where the app signs in.",
      required: false,
      choices: [
        { value: "auto", label: "As the environment’s address says" },
        ...CLOUDS.map(({ id, label, example }) => ({ value: id, label: `${label} (${example})` })),
      ],
    },
    {
      name: "environmentUrl",
      in: "settings",
      label: "Environment URL",
      hint: "As in the Power Platform admin center, e.g. https://contoso.crm.dynamics.com",
      required: true,
    },
    {
      name: "tenantId",
      in: "settings",
      label: "Directory (tenant) ID",
      hint: "On the overview page of the app registration in Microsoft Entra.",
      required: true,
    },
    {
      name: "clientId",
      in: "credentials",
      label: "Application (client) ID",
      hint: "The application must also be an application user of the environment, with a security role.",
      required: true,
    },
    {
      name: "clientSecret",
      in: "credentials",
      label: "Client secret",
      hint: "The secret's value, not its ID. Note when it expires.",
      required: true,
    },
    {
      name: "duplicateDetection",
      in: "settings",
      label: "Duplicate detection",
      hint: "The environment's own duplicate rules may refuse a new lead; whoever it names is then linked.",
      required: false,
      choices: [
        { value: "on", label: "On, as the environment's rules say" },
        { value: "off", label: "Off, new leads are always created" },
      ],
    },
    {
      name: "tokenUrl",
      in: "settings",
      label: "Token URL",
      hint: "Only where the app signs in at another address than its cloud’s: the OAuth 2.0 token endpoint (v2).",
      required: false,
    },
    {
      name: "appUrl",
      in: "settings",
      label: "App URL",
      hint: "Where people open records, when it is not the environment URL.",
      required: false,
    },
  ],
  defaultMapping: PERSON_OBJECTS.flatMap((object) =>
    DEFAULT_PROPERTIES.map((mapped) => ({ ...mapped, object, policy: "fill_blank" as const })),
  ),
  capabilities: {
    objects: PERSON_OBJECTS,
    creates: "lead",
    requiredToCreate: [],
    conditionalWrites: true,
    pulls: { filtersByTag: false, tellsDeletions: true },
    findsBothKeysAtOnce: true,
    createSettlesAfterMs: () => 0,
  },
  usesVendorHosts: ({ environmentUrl, appUrl, tokenUrl }) =>
    isEnvironmentAddress(environmentUrl) && isEnvironmentAddress(appUrl) && isLoginAddress(tokenUrl),
  limits,
  webhook: dynamicsWebhook,
  createConnector({ settings, credentials, facts, now, http }) {
    const { environmentUrl, tokenUrl } = settings;
    const grant = {
      issuer: "Microsoft Entra",
      tokenUrl,
      ...credentials,
      scope: `${new URL(environmentUrl).origin}/.default`,
    };
    const dataverse = createDataverse(environmentUrl, createTokenSource(tokens, grant, { http, now }), { http, now });
    const known = DynamicsFacts.safeParse(facts).data?.leadSubjectMaxLength ?? SAFE_SUBJECT_LENGTH;
    return createDynamicsConnector({
      dataverse,
      columns: createTableColumns(dataverse, columnCache, environmentUrl, now),
      settings,
      leadSubjectMaxLength: Math.min(known, MAX_SUBJECT_LENGTH),
    });
  },
};
