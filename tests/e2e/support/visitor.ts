import type { FrameLocator, Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import type { VisitorField } from "../../../packages/shared/src/vocabulary.ts";

/** The widget's launcher on the page. */
export function launcherOf(page: Page): Locator {
  return page.locator("#rolodesk button.launcher");
}

/** The app inside the panel. */
export function chatOf(page: Page): FrameLocator {
  return page.frameLocator("#rolodesk iframe");
}

export function composerOf(page: Page): Locator {
  return chatOf(page).getByRole("textbox", { name: "Write a message…" });
}

/** The messages as the visitor sees them, oldest first. */
export function bubblesOf(page: Page): Locator {
  return chatOf(page).locator(".bubble");
}

/** The shop's page with the chat open and ready to type. */
export async function openChat(page: Page, path = "/demo"): Promise<void> {
  await page.goto(path);
  await launcherOf(page).click();
  await chatOf(page).getByText("Send us a message").click();
  await expect(composerOf(page)).toBeEditable();
}

/** Writes a message; returns when the server has it. */
export async function say(page: Page, text: string): Promise<void> {
  await composerOf(page).fill(text);
  await composerOf(page).press("Enter");
  await expect(chatOf(page).locator(".bubble-sent, .bubble-seen").filter({ hasText: text }).last()).toBeVisible();
}

const LABELS: Readonly<Record<VisitorField, string>> = {
  firstName: "First name",
  lastName: "Last name",
  email: "Email",
  phone: "Phone",
};

/** Fills the card that comes after the first message, and saves it. */
export async function fillCard(page: Page, values: Partial<Record<VisitorField, string>>): Promise<void> {
  const card = chatOf(page).locator("form.card");
  for (const [field, label] of Object.entries(LABELS)) {
    const value = Object.entries(values).find(([name]) => name === field)?.[1];
    if (value !== undefined) await card.getByLabel(label).fill(value);
  }
  await card.getByRole("button", { name: "Save" }).click();
  await expect(chatOf(page).getByText(/^Thanks/)).toBeVisible();
}

/** The visitor ends the chat by the widget's menu. */
export async function endChat(page: Page): Promise<void> {
  const chat = chatOf(page);
  await chat.getByRole("button", { name: "Options" }).click();
  await chat.getByRole("button", { name: "End chat" }).click();
  await chat.locator(".menu").getByRole("button", { name: "End chat" }).click();
  await expect(chat.getByText("You ended this chat.")).toBeVisible();
}

/** A whole conversation: says hello, fills the card, ends. */
export async function chatOnce(page: Page, text: string, values: Partial<Record<VisitorField, string>>): Promise<void> {
  await openChat(page);
  await say(page, text);
  await fillCard(page, values);
  await endChat(page);
}
