import { expect, type Locator, type Page } from "@playwright/test";
import type { CrmName } from "./crms.ts";

export async function openConversation(page: Page, id: string): Promise<void> {
  await page.goto(`/app/inbox/${id}`);
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.getByRole("tablist", { name: "CRMs" })).toBeVisible();
}

export function tabOf(page: Page, crm: CrmName): Locator {
  return page.getByRole("tablist", { name: "CRMs" }).getByRole("tab", { name: `${crm} (` });
}

/** Chooses a CRM's tab and returns what is below it. */
export async function showTab(page: Page, crm: CrmName): Promise<Locator> {
  await tabOf(page, crm).click();
  return page.getByRole("tabpanel");
}

/** What the Sync button's indicator says once nothing is under way any more. */
export async function expectResult(page: Page, crm: CrmName, result: string | RegExp): Promise<Locator> {
  const panel = await showTab(page, crm);
  await expect(panel.locator(".run-result")).toContainText(result);
  return panel;
}

export function conflictRow(panel: Locator, label: string): Locator {
  return panel.getByRole("listitem", { name: label, exact: true });
}

/** A bubble of the thread. */
export function threadMessage(page: Page, text: string): Locator {
  return page.locator(".thread-bubble").filter({ hasText: text });
}

export async function reply(page: Page, text: string): Promise<void> {
  const input = page.getByRole("textbox", { name: "Reply" });
  await input.fill(text);
  await input.press("Enter");
  await expect(threadMessage(page, text)).toBeVisible();
}
