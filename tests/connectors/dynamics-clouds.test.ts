import { describe, expect, test } from "vitest";
import { dynamics } from "../../server/integrations/dynamics/index.ts";

const CLOUDS = [
  ["commercial", "shop.crm.dynamics.com", "login.microsoftonline.com"],
  ["commercial", "shop.crm4.dynamics.com", "login.microsoftonline.com"],
  ["gcc", "shop.crm9.dynamics.com", "login.microsoftonline.com"],
  ["gcc_high", "shop.crm.microsoftdynamics.us", "login.microsoftonline.us"],
  ["dod", "shop.crm.appsplatform.us", "login.microsoftonline.us"],
  ["china", "shop.crm.dynamics.cn", "login.partner.microsoftonline.cn"],
] as const;

describe.each(CLOUDS)("an environment of the cloud %s at %s", (cloud, host, login) => {
  const settings = { environmentUrl: `https://${host}`, tenantId: "shop.example.com" };

  test.each(["auto", "", undefined, cloud])(`signs in at ${login} when “%s” is chosen`, (chosen) => {
    const parsed = dynamics.settings.parse({ ...settings, cloud: chosen });
    expect(parsed.tokenUrl).toBe(`https://${login}/shop.example.com/oauth2/v2.0/token`);
    expect(dynamics.usesVendorHosts(parsed)).toBe(true);
  });

  test("is refused at its address when another cloud is chosen", () => {
    const other = CLOUDS.find(([id]) => id !== cloud)?.[0];
    const parsed = dynamics.settings.safeParse({ ...settings, cloud: other });
    expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual(["environmentUrl"]);
  });
});
