import type { ProviderForm } from "../../packages/shared/src/connection.ts";
import { openConversation } from "./support/console.ts";
import { expect, test } from "./support/journey.ts";
import { mintPerson } from "./support/people.ts";
import { chatOnce } from "./support/visitor.ts";

test("an account is connected by HubSpot's own page, waits when HubSpot ends that, and goes on after it is authorized again", async ({
  adminPage,
  agentPage,
  admin,
  newVisitor,
  conversationWith,
}) => {
  await adminPage.goto("/app/settings/connections/new");
  await adminPage.getByRole("radio", { name: "HubSpot" }).check();
  await adminPage.getByRole("radio", { name: /Your own HubSpot app/ }).check();
  const guide = adminPage.getByRole("region", { name: "In HubSpot" });
  await expect(guide).toContainText("crm.objects.contacts.write");
  await expect(guide).toContainText("/oauth/hubspot/callback");

  await adminPage.getByRole("button", { name: "Fill in the demo’s account" }).click();
  await adminPage.getByLabel("Name", { exact: true }).fill("HubSpot by OAuth");
  await adminPage.getByRole("button", { name: "Continue in HubSpot" }).click();
  await expect(adminPage.getByRole("heading", { name: "Connect an app to HubSpot" })).toBeVisible();
  await adminPage.getByRole("link", { name: "Connect app" }).click();
  await expect(adminPage.getByRole("heading", { name: "HubSpot by OAuth", exact: true })).toBeVisible();
  await expect(adminPage.getByText(/^HubSpot account \d+ is connected\.$/)).toBeVisible();
  await expect(adminPage).toHaveURL(/\/app\/settings\/connections\/[\w-]+\?authorized=1$/);

  const { providers } = await admin.get<{ providers: ProviderForm[] }>("/api/providers");
  const address = providers.find(({ provider }) => provider === "hubspot")?.demo?.oauth?.settings.baseUrl;
  await fetch(`${address}/oauth/2026-09/token/revoke`, { method: "POST" });
  const { last, email } = mintPerson();
  await chatOnce(await newVisitor(), `Hello ${last}`, { firstName: "Ana", lastName: last, email });
  const banner = adminPage.getByRole("listitem").filter({ hasText: "HubSpot by OAuth needs to be reconnected" });
  await expect(banner).toContainText("1 sync waits");
  await adminPage.goto("/app/inbox");
  await banner.getByRole("link", { name: "Reconnect" }).click();
  await expect(adminPage.getByRole("alert")).toContainText("Authorize this connection again.");

  await adminPage.getByRole("button", { name: "Authorize again" }).click();
  await adminPage.getByRole("link", { name: "Connect app" }).click();
  await expect(adminPage.getByText(/^HubSpot account \d+ is connected\.$/)).toBeVisible();
  await expect(banner).toHaveCount(0);
  await openConversation(agentPage, await conversationWith(last));
  await agentPage.getByRole("tab", { name: "HubSpot by OAuth (" }).click();
  await expect(agentPage.getByRole("tabpanel").locator(".run-result")).toContainText("Created");

  await adminPage.getByRole("button", { name: "Disconnect" }).click();
  await adminPage.getByRole("group").getByRole("button", { name: "Disconnect" }).click();
  await expect(adminPage.getByText("HubSpot by OAuth is disconnected.")).toBeVisible();
});

test("nobody comes back connected who did not agree, or who comes with somebody else's state", async ({
  adminPage,
}) => {
  await adminPage.goto("/app/settings/connections/new");
  await adminPage.getByRole("radio", { name: "HubSpot" }).check();
  await adminPage.getByRole("radio", { name: /Your own HubSpot app/ }).check();
  await adminPage.getByRole("button", { name: "Fill in the demo’s account" }).click();
  await adminPage.getByRole("button", { name: "Continue in HubSpot" }).click();
  await adminPage.getByRole("link", { name: "Cancel" }).click();
  await expect(adminPage.getByText("HubSpot connected no account: nobody agreed.")).toBeVisible();

  await adminPage.goto("/oauth/hubspot/callback?state=made-up&code=made-up");
  await expect(adminPage.getByText("This authorization is not open here")).toBeVisible();
  await adminPage.getByRole("link", { name: "Back to the connections" }).click();
  await expect(adminPage.getByRole("heading", { name: "CRM connections" })).toBeVisible();
});
