/** Known to everybody: only ever created in demo mode. */
export const DEMO_AGENT = { name: "Ana Agent", email: "ana.agent@example.com", password: "northwind-agent" } as const;
export const DEMO_ADMIN = { name: "Adi Admin", email: "adi.admin@example.com", password: "northwind-admin" } as const;

/** What the simulators accept. Not secrets: they open nothing but made-up records on this machine. */
export const HUBSPOT_DEMO = {
  token: "pat-na1-demo-northwind",
  app: { clientId: "demo-northwind-hubspot", clientSecret: "demo-northwind-hubspot-app" },
} as const;
export const DYNAMICS_DEMO = {
  tenantId: "northwind.example.com",
  clientId: "rolodesk-demo",
  clientSecret: "demo-northwind",
} as const;
export const HIGHLEVEL_DEMO = {
  locationId: "demoNorthwindLamps01",
  token: "pit-demo-northwind",
  app: { clientId: "demonorthwindhighlevel-app1", clientSecret: "demo-northwind-highlevel-app" },
} as const;
export const BIGCOMMERCE_DEMO = {
  storeHash: "northwindlamps",
  accessToken: "bc-demo-northwind",
  app: { clientId: "demo-northwind-app", clientSecret: "demo-northwind-app-secret" },
} as const;
