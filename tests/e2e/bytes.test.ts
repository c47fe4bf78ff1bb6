import type { Page, Request } from "@playwright/test";
import { expect, test } from "./support/rolodesk.ts";

const KB = 1024;
const QUIET_MS = 500;

/** Bytes of answers as they crossed the wire (headers not counted), by path, of requests below a prefix. */
function countBytes(page: Page, prefixes: readonly string[]) {
  const sizes: Promise<[path: string, bytes: number]>[] = [];
  const underWay = new Set<Request>();
  let changedAt = Date.now();
  const pathOf = (request: Request) => new URL(request.url()).pathname;
  function follow(change: (request: Request) => void): (request: Request) => void {
    return (request) => {
      if (!prefixes.some((prefix) => pathOf(request).startsWith(prefix))) return;
      changedAt = Date.now();
      change(request);
    };
  }
  page.on(
    "request",
    follow((request) => underWay.add(request)),
  );
  page.on(
    "requestfailed",
    follow((request) => underWay.delete(request)),
  );
  page.on(
    "requestfinished",
    follow((request) => {
      underWay.delete(request);
      sizes.push(request.sizes().then(({ responseBodySize }) => [pathOf(request), responseBodySize]));
    }),
  );
  // not "networkidle", which may never be told of a page whose frame came and went
  return async () => {
    await expect.poll(() => [...underWay].map(pathOf), { message: "requests that are under way" }).toEqual([]);
    await expect.poll(() => Date.now() - changedAt, { message: "ms without a request" }).toBeGreaterThan(QUIET_MS);
    return await Promise.all(sizes);
  };
}

function sum(parts: readonly (readonly [string, number])[]): number {
  return parts.reduce((total, [, bytes]) => total + bytes, 0);
}

function listed(parts: readonly (readonly [string, number])[]): string {
  return parts.map(([path, bytes]) => `${String(bytes).padStart(7)} ${path}`).join("\n");
}

test("a page pays less than 3 KB for the script and 1 KB for the configuration until somebody touches it", async ({
  page,
}) => {
  const bytes = countBytes(page, ["/widget/"]);
  await page.goto("/demo");
  await expect(page.getByRole("button", { name: "Open chat" })).toBeVisible();
  const parts = await bytes();
  const config = parts.filter(([path]) => path.startsWith("/widget/api/"));
  const rest = parts.filter((part) => !config.includes(part));
  expect(rest.map(([path]) => path)).toEqual(["/widget/loader.js"]);
  expect(sum(rest), listed(parts)).toBeLessThan(3 * KB);
  expect(sum(config), listed(parts)).toBeLessThan(KB);
});

test("the widget, opened and ready to type, costs less than 30 KB in all", async ({ page }) => {
  const bytes = countBytes(page, ["/widget/"]);
  await page.goto("/demo");
  await page.getByRole("button", { name: "Open chat" }).click();
  const frame = page.frameLocator("iframe");
  await frame.getByText("Send us a message").click();
  await expect(frame.getByRole("textbox")).toBeEditable();
  const parts = await bytes();
  expect(parts.length).toBeGreaterThan(3);
  expect(sum(parts), listed(parts)).toBeLessThan(30 * KB);
});

test("the console's first view costs less than 120 KB", async ({ page, browser, baseURL }) => {
  await page.goto("/app/");
  await page.getByRole("button", { name: "Sign in as Ana Agent" }).click();
  await expect(page).toHaveURL(/\/app\/inbox/);

  // signed in, with an empty cache
  const fresh = await browser.newContext({ baseURL, storageState: await page.context().storageState() });
  const inbox = await fresh.newPage();
  const bytes = countBytes(inbox, ["/app/", "/api/", "/rt"]);
  await inbox.goto("/app/inbox");
  await expect(inbox.getByRole("heading", { name: "Inbox" })).toBeVisible();
  await expect(inbox.locator(".ui-skeleton")).toHaveCount(0);
  const parts = await bytes();
  await fresh.close();
  expect(parts.map(([path]) => path)).toContain("/api/conversations");
  expect(sum(parts), listed(parts)).toBeLessThan(120 * KB);
});
