import { getRequestListener } from "@hono/node-server";
import { SignJWT } from "jose";
import type { Mapping } from "../../packages/shared/src/connection.ts";
import { closeServer, listenOn } from "../../server/listen.ts";
import { createDynamicsSimulator } from "../../server/simulators/dynamics/dynamics-simulator.ts";
import { expectResult, openConversation } from "./support/console.ts";
import { connectionNamed, shopSite } from "./support/console-api.ts";
import { onlyRecordWith } from "./support/crms.ts";
import { expect, test } from "./support/journey.ts";
import { callApi } from "./support/page-api.ts";
import { mintPerson } from "./support/people.ts";
import { chatOf, chatOnce, launcherOf, openChat, say } from "./support/visitor.ts";

test("a CRM is connected by its form: a wrong secret is named at its input, the right one connects", async ({
  adminPage,
}) => {
  const account = { tenantId: "second.example.com", clientId: "second-app", clientSecret: "second-secret" };
  const simulator = createDynamicsSimulator({ ...account, organizationName: "Second Shop" });
  const { server, port } = await listenOn("127.0.0.1", 0);
  server.on("request", getRequestListener(simulator.app.fetch));
  try {
    await adminPage.goto("/app/settings/connections");
    await adminPage.getByRole("link", { name: "Connect a CRM" }).click();
    await adminPage.getByRole("radio", { name: "Dynamics 365" }).check();
    await adminPage.getByLabel("Name", { exact: true }).fill("Second Dynamics");
    await adminPage.getByLabel("Environment URL").fill(`http://localhost:${port}`);
    await adminPage.getByLabel("Directory (tenant) ID").fill(account.tenantId);
    await adminPage.getByLabel("Application (client) ID").fill(account.clientId);
    await adminPage.getByLabel("Token URL").fill(`http://localhost:${port}/${account.tenantId}/oauth2/v2.0/token`);
    const secret = adminPage.getByLabel("Client secret");
    await secret.fill("not the secret");
    await adminPage.getByRole("button", { name: "Test and connect" }).click();
    await expect(secret).toHaveAttribute("aria-invalid", "true");
    await expect(adminPage.getByRole("alert")).toContainText(/secret/i);

    await secret.fill(account.clientSecret);
    await adminPage.getByRole("button", { name: "Test and connect" }).click();
    await expect(adminPage.getByRole("heading", { name: "Second Dynamics" })).toBeVisible();
    await expect(adminPage.getByText("Dynamics 365, Second Shop")).toBeVisible();
    await expect(adminPage.getByRole("region", { name: "State" })).toContainText("Connected");
    await expect(adminPage.locator("body")).not.toContainText(account.clientSecret);

    await adminPage.getByRole("button", { name: "Disconnect" }).click();
    await adminPage.getByRole("group").getByRole("button", { name: "Disconnect" }).click();
    await expect(adminPage.getByText("Second Dynamics is disconnected.")).toBeVisible();
  } finally {
    await closeServer(server);
  }
});

test("a field's policy holds from the next push on", async ({
  adminPage,
  agentPage,
  newVisitor,
  admin,
  crms,
  conversationWith,
}) => {
  const { last, email } = mintPerson();
  crms.highlevel.seed("contact", { firstName: "Hannah", lastName: last, email });
  const { id } = await connectionNamed(admin, "HighLevel");
  const before = await admin.get<Mapping>(`/api/connections/${id}/mapping`);
  try {
    await adminPage.goto(`/app/settings/connections/${id}`);
    await adminPage.getByRole("link", { name: "Data mapping" }).click();
    await adminPage.getByLabel("Policy for First name").selectOption("CRM wins");
    await adminPage.getByRole("button", { name: "Save the mapping" }).click();
    await expect(adminPage.getByText("Saved.")).toBeVisible();

    await chatOnce(await newVisitor(), `Hello ${last}`, { firstName: "Ana", lastName: last, email });
    await openConversation(agentPage, await conversationWith(last));
    const panel = await expectResult(agentPage, "HighLevel", "Already up to date");
    await expect(panel.getByRole("region", { name: "Pending conflicts" })).toHaveCount(0);
    await expect(panel.getByText("What this sync did")).toBeVisible();
    expect(onlyRecordWith(crms.highlevel, email).values).toMatchObject({ firstName: "Hannah" });
  } finally {
    await admin.send("PUT", `/api/connections/${id}/mapping`, before);
  }
});

test("a site's colour and greeting reach the chat on its pages", async ({ adminPage, newVisitor, admin }) => {
  const site = await shopSite(admin);
  try {
    await adminPage.goto("/app/settings/sites");
    await adminPage.getByRole("link", { name: site.name }).click();
    await adminPage.getByLabel("Colour", { exact: true }).fill("#7a1fa2");
    await adminPage.getByLabel("Greeting").fill("A new greeting");
    await adminPage.getByRole("button", { name: "Save", exact: true }).click();
    await expect(adminPage.getByText("Saved.")).toBeVisible();

    const page = await newVisitor();
    await page.goto("/demo");
    await expect(launcherOf(page)).toHaveCSS("background-color", "rgb(122, 31, 162)");
    await launcherOf(page).click();
    await expect(chatOf(page).getByRole("heading", { name: "A new greeting" })).toBeVisible();
  } finally {
    await admin.send("PATCH", `/api/sites/${site.id}`, { accent: site.accent, greeting: site.greeting });
  }
});

test("an identity secret made in the settings is shown once, and signs visitors in", async ({
  adminPage,
  newVisitor,
  admin,
  agentPage,
  conversationWith,
}) => {
  const site = await shopSite(admin);
  await adminPage.goto(`/app/settings/sites/${site.id}`);
  await adminPage.getByRole("button", { name: "Replace the secret" }).click();
  await adminPage.getByRole("button", { name: "Replace", exact: true }).click();
  const shown = adminPage.locator(".settings-secret");
  await expect(shown).toContainText("It is not shown again.");
  const secret = (await shown.locator("pre").textContent())?.trim() ?? "";

  const { first, last, email } = mintPerson("Priya");
  const token = await new SignJWT({ email, given_name: first, family_name: last })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(last)
    .setAudience(site.key)
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(secret));
  const page = await newVisitor();
  await openChat(page);
  await callApi(page, "identify", token);
  await say(page, `Signed, ${last}`);
  await openConversation(agentPage, await conversationWith(last));
  await expect(agentPage.locator(".thread-header")).toContainText("Verified");

  await adminPage.reload();
  await expect(adminPage.getByRole("button", { name: "Replace the secret" })).toBeVisible();
  await expect(adminPage.locator("body")).not.toContainText(secret);
});

test("an invited agent chooses a password by the link, signs in, and finds no settings to change", async ({
  adminPage,
  newVisitor,
}) => {
  const { first, last, email } = mintPerson("Ida");
  await adminPage.goto("/app/settings/users");
  await adminPage.getByRole("button", { name: "Invite" }).click();
  const form = adminPage.getByRole("form", { name: "Invite somebody" });
  await form.getByLabel("Name").fill(`${first} ${last}`);
  await form.getByLabel("Email").fill(email);
  await form.getByRole("button", { name: "Make the link" }).click();
  const link = (await adminPage.locator(".settings-secret pre").textContent())?.trim() ?? "";

  const page = await newVisitor();
  await page.goto(link);
  await page.getByLabel("New password").fill("four lamps in a row");
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByRole("link", { name: "Go to sign-in" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill("four lamps in a row");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();

  for (const path of ["sites", "connections", "connections/new", "users"]) {
    await page.goto(`/app/settings/${path}`);
    await expect(page.getByText("Only admins can change this. Ask an admin.")).toBeVisible();
  }
  expect((await page.request.get("/api/providers")).status()).toBe(403);

  const again = await newVisitor();
  await again.goto(link);
  await again.getByLabel("New password").fill("a second use of it");
  await again.getByRole("button", { name: "Set the password" }).click();
  await expect(again.getByRole("alert")).toBeVisible();
});
