import type { ConnectGuide } from "../connect-guide.ts";

/** Microsoft, Use OAuth authentication with Dataverse, and Manage application users in the Power Platform admin center. */
export const guide: ConnectGuide = {
  name: "App registration with a client secret",
  about: "Rolodesk signs in as an application user of the environment; nobody’s own account is used.",
  steps: [
    "In the Microsoft Entra admin center, open App registrations and create a new registration. No redirect URI is needed.",
    "Copy the application (client) ID and the directory (tenant) ID from its overview.",
    "Under Certificates & secrets, create a client secret and copy its value. Note when it expires.",
    "In the Power Platform admin center, open the environment, Settings, Users + permissions, Application users, and add the app with a security role that has the privileges below at organization level.",
  ],
  scopes: [
    "Contact: Read, Write, Append To",
    "Lead: Create, Read, Write, Append To",
    "Note: Create, Read, Append",
    "Entity, Attribute: Read",
  ],
  links: [
    { label: "Microsoft Entra admin center", url: "https://entra.microsoft.com/" },
    { label: "Power Platform admin center", url: "https://admin.powerplatform.microsoft.com/" },
  ],
};
