/**
 * Microsoft's clouds: where an app signs in, and what the addresses of environments look like there (Power Platform, Online
 * URLs and IP address ranges; Microsoft Entra, National clouds). GCC signs in where the commercial cloud does.
 */
export const CLOUDS = [
  {
    id: "commercial",
    label: "Commercial",
    login: "login.microsoftonline.com",
    environments: /^[a-z0-9-]+(\.api)?\.crm(?!9\.)\d*\.dynamics\.com$/,
    example: "contoso.crm.dynamics.com",
  },
  {
    id: "gcc",
    label: "US Government: GCC",
    login: "login.microsoftonline.com",
    environments: /^[a-z0-9-]+(\.api)?\.crm9\.dynamics\.com$/,
    example: "contoso.crm9.dynamics.com",
  },
  {
    id: "gcc_high",
    label: "US Government: GCC High",
    login: "login.microsoftonline.us",
    environments: /^[a-z0-9-]+(\.api)?\.crm\.microsoftdynamics\.us$/,
    example: "contoso.crm.microsoftdynamics.us",
  },
  {
    id: "dod",
    label: "US Government: DoD",
    login: "login.microsoftonline.us",
    environments: /^[a-z0-9-]+(\.api)?\.crm\.appsplatform\.us$/,
    example: "contoso.crm.appsplatform.us",
  },
  {
    id: "china",
    label: "China (21Vianet)",
    login: "login.partner.microsoftonline.cn",
    environments: /^[a-z0-9-]+(\.api)?\.crm\.dynamics\.cn$/,
    example: "contoso.crm.dynamics.cn",
  },
] as const;

export const CLOUD_IDS = [
  "commercial",
  "gcc",
  "gcc_high",
  "dod",
  "china",
] as const satisfies readonly (typeof CLOUDS)[number]["id"][];
type CloudId = (typeof CLOUD_IDS)[number];

/** The cloud an environment lives in, by its address; undefined for an address of none. */
export function cloudAt(environmentUrl: string): CloudId | undefined {
  const { hostname } = new URL(environmentUrl);
  return CLOUDS.find(({ environments }) => environments.test(hostname))?.id;
}

/** Where an app of this directory asks for its tokens (OAuth 2.0 token endpoint, v2). */
export function tokenUrlIn(id: CloudId, tenantId: string): string {
  const cloud = CLOUDS.find((one) => one.id === id);
  if (!cloud) throw new Error(`There is no cloud ${id}.`);
  return `https://${cloud.login}/${tenantId}/oauth2/v2.0/token`;
}
