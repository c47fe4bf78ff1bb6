import type { ConnectGuide } from "../connect-guide.ts";

/** HighLevel, Private Integrations: everything about them. */
export const keyGuide: ConnectGuide = {
  name: "Private integration token",
  about: "The quickest way: one token that you copy from the sub-account. HighLevel sends no webhooks for it.",
  steps: [
    "In the sub-account (not the agency), open Settings, Private Integrations, and create a new integration.",
    "Tick the scopes below.",
    "Copy the token. It begins with pit- and is shown once.",
  ],
  scopes: [
    "View Contacts",
    "Edit Contacts",
    "View Locations",
    "View Custom Fields",
    "View Tags",
    "View Conversation Messages",
  ],
  links: [
    {
      label: "HighLevel: private integrations",
      url: "https://help.gohighlevel.com/support/solutions/articles/155000003054-private-integrations-everything-you-need-to-know",
    },
  ],
};

/** `oauth.*` lets an app that was installed for the agency get at one of its sub-accounts. */
export const OAUTH_SCOPES = [
  ...["contacts.readonly", "contacts.write", "locations.readonly", "locations/customFields.readonly"],
  ...["locations/tags.readonly", "conversations/message.readonly", "oauth.readonly", "oauth.write"],
];

export const oauthGuide: ConnectGuide = {
  name: "Your own Marketplace app (OAuth)",
  about:
    "Somebody agrees in HighLevel and chooses the sub-account. Choose it if HighLevel should also tell of changes.",
  steps: [
    "In the developer portal, create a private app whose target user is “Sub-Account”.",
    "Under Advanced Settings, Auth, add the scopes and the redirect URL below. HighLevel takes only https addresses.",
    "Under Client Keys, create a key and copy its client ID and client secret. The secret is shown once.",
  ],
  scopes: OAUTH_SCOPES,
  links: [{ label: "HighLevel: developer portal", url: "https://marketplace.gohighlevel.com/" }],
};
