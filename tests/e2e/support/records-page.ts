import type { Page } from "@playwright/test";

/** Saves what was typed on a simulated CRM's page; returns when the page shows what it has now. */
export async function saveRecord(page: Page): Promise<void> {
  const shown = page.waitForEvent("load");
  await page.getByRole("button", { name: "Save" }).click();
  await shown;
}
