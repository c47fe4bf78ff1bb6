import type { ConnectGuide } from "../connect-guide.ts";

/** BigCommerce, API accounts: a store-level account has a token that does not end, and scopes that cannot be changed later. */
export const guide: ConnectGuide = {
  name: "Store-level API account",
  about: "One token of the store. It is made in the control panel by the store’s owner.",
  steps: [
    "In the control panel, open Settings, Store-level API accounts, and create an API account of the type V2/V3 API token.",
    "Set the OAuth scopes below and save. They cannot be changed later.",
    "Copy the access token and, from the API path, the store hash after /stores/. The token is shown once.",
  ],
  scopes: ["Customers: modify", "Information & settings: read-only"],
  links: [
    {
      label: "BigCommerce: API accounts",
      url: "https://developer.bigcommerce.com/docs/start/authentication/api-accounts",
    },
  ],
};
