import { expect, test } from "@playwright/test";
import { startRolodesk } from "./support/rolodesk-process.ts";

test("an empty server asks for its first admin, once, and then for a password", async ({ browser }) => {
  const rolodesk = await startRolodesk({ DEMO: "off", LOG_LEVEL: "info" });
  const context = await browser.newContext({ baseURL: rolodesk.url });
  try {
    const page = await context.newPage();
    expect((await page.request.get("/demo")).status()).toBe(404);
    await page.goto("/app/");
    await expect(page.getByRole("heading", { name: "Welcome to Rolodesk" })).toBeVisible();
    await page.getByLabel("Your name").fill("Olu Owner");
    await page.getByLabel("Email").fill("olu.owner@example.com");
    await page.getByLabel("Password").fill("too short");
    await page.getByRole("button", { name: "Create the account" }).click();
    await expect(page.getByText("Use at least 12 characters.")).toBeVisible();
    await page.getByLabel("Password").fill("a lamp in every window");
    await page.getByRole("button", { name: "Create the account" }).click();
    await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Put the chat on your website" })).toBeVisible();
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "CRM connections" }).click();
    await expect(page.getByText("No CRM is connected yet.")).toBeVisible();

    const other = await (await browser.newContext({ baseURL: rolodesk.url })).newPage();
    await other.goto("/app/setup");
    await expect(other.getByRole("heading", { name: "Sign in to Rolodesk" })).toBeVisible();
    await expect(other.getByText("This is the demo.")).toHaveCount(0);
    const again = await other.request.post("/api/setup", {
      headers: { "x-rolodesk": "1" },
      data: { name: "Second", email: "second@example.com", password: "a lamp in every window" },
    });
    expect(again.status()).toBeGreaterThanOrEqual(400);
    await other.getByLabel("Email").fill("olu.owner@example.com");
    await other.getByLabel("Password").fill("a lamp in every window");
    await other.getByRole("button", { name: "Sign in" }).click();
    await expect(other.getByRole("heading", { name: "Inbox" })).toBeVisible();
    await other.context().close();
  } finally {
    await context.close();
    await rolodesk.destroy();
  }
});
