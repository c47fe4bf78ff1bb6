import type { ConnectGuide } from "../connect-guide.ts";

const SCOPES = ["crm.objects.contacts.read", "crm.objects.contacts.write", "crm.schemas.contacts.read"];

/** HubSpot, Account service keys. Legacy private apps can no longer be created since 2026-10-26; existing ones keep working. */
export const keyGuide: ConnectGuide = {
  name: "Service key or private app token",
  about: "The quickest way: one token that you copy from HubSpot.",
  steps: [
    "In HubSpot, open Development, Keys, Service keys, and create a service key. An existing private app does as well.",
    "Add the scopes below.",
    "Copy the token. It begins with pat-.",
  ],
  scopes: SCOPES,
  links: [
    {
      label: "HubSpot: account service keys",
      url: "https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/account-service-keys",
    },
  ],
};

export const oauthGuide: ConnectGuide = {
  name: "Your own HubSpot app (OAuth)",
  about:
    "Somebody agrees in HubSpot, and no token is copied. Choose it if HubSpot should also tell of changes at once.",
  steps: [
    "With the HubSpot CLI, create an app in a developer project: distribution “private”, auth type “oauth”.",
    "Put the redirect URL below into the app’s redirect URLs and the scopes into its required scopes, and deploy it.",
    "In HubSpot, open the app under Development, Projects, and copy client ID and client secret from its Auth tab.",
  ],
  scopes: ["oauth", ...SCOPES],
  links: [
    {
      label: "HubSpot: create an app",
      url: "https://developers.hubspot.com/docs/apps/developer-platform/build-apps/create-an-app",
    },
  ],
};
