import type { Page } from "@playwright/test";
import { shopSite } from "./support/console-api.ts";
import { expect, test } from "./support/journey.ts";
import { type OtherWebsite, startOtherWebsite } from "./support/other-website.ts";
import { mintPerson } from "./support/people.ts";
import { bubblesOf, chatOf, composerOf, launcherOf, say } from "./support/visitor.ts";

async function onAnotherWebsite(play: (website: OtherWebsite) => Promise<void>): Promise<void> {
  const website = await startOtherWebsite();
  try {
    await play(website);
  } finally {
    await website.close();
  }
}

/** What a frame shows: its text, or "refused" where the browser would not show it there. */
async function framed(page: Page): Promise<string> {
  const frame = page.frames()[1];
  await expect.poll(() => frame?.url()).not.toBe("");
  await expect.poll(() => frame?.url()).not.toBe("about:blank");
  return frame?.url().startsWith("chrome-error:") ? "refused" : (frame?.url() ?? "");
}

test("no other website can frame the console, signed in or not, nor the demo shop", async ({
  agentPage,
  newVisitor,
  baseURL,
}) => {
  await onAnotherWebsite(async (website) => {
    for (const path of ["/app/", "/app/inbox", "/app/login", "/demo"]) {
      website.show(`<iframe src="${baseURL}${path}"></iframe>`);
      for (const page of [agentPage, await newVisitor()]) {
        await page.goto(website.origin);
        expect(await framed(page), path).toBe("refused");
      }
    }
  });
});

test("the chat shows only on the site's own websites; another one's developer is told, and with its origin added it works", async ({
  newVisitor,
  admin,
  baseURL,
  conversationWith,
}) => {
  await onAnotherWebsite(async (website) => {
    const site = await shopSite(admin);
    const page = await newVisitor();
    website.show(`<iframe src="${baseURL}/widget/frame/${site.key}"></iframe>`);
    await page.goto(website.origin);
    expect(await framed(page)).toBe("refused");

    website.show(`<script async src="${baseURL}/widget/loader.js" data-site="${site.key}"></script>`);
    const [told] = await Promise.all([page.waitForEvent("pageerror"), page.goto(website.origin)]);
    expect(told.message).toContain("Settings, Sites");
    await expect(launcherOf(page)).toHaveCount(0);

    await admin.send("PATCH", `/api/sites/${site.id}`, { origins: [website.origin] });
    try {
      await page.goto(website.origin);
      await launcherOf(page).click();
      await chatOf(page).getByText("Send us a message").click();
      const { last } = mintPerson();
      await say(page, `From another origin, ${last}`);
      await conversationWith(last);
      await page.reload();
      await launcherOf(page).click();
      await expect(bubblesOf(page)).toHaveText([`From another origin, ${last}`]);
    } finally {
      await admin.send("PATCH", `/api/sites/${site.id}`, { origins: site.origins });
    }
  });
});

test("messages of a foreign window reach neither the page's side of the chat nor the frame", async ({
  newVisitor,
  admin,
  baseURL,
}) => {
  await onAnotherWebsite(async (website) => {
    const { key } = await shopSite(admin);
    // it greets the shop's page as the frame would, and hands the frame a port as the shop's page would
    website.show(`<script>
      const got = [];
      window.got = got;
      const listen = (port) => { port.onmessage = (event) => got.push(event.data); };
      addEventListener("message", (event) => { got.push(event.data); event.ports.forEach(listen); });
      function attack(target) {
        const { port1, port2 } = new MessageChannel();
        listen(port1);
        target.postMessage({ rolodesk: "hello" }, "*");
        target.postMessage({ rolodesk: "port" }, "*", [port2]);
        target.postMessage({ type: "identify", token: "x" }, "*");
        target.postMessage("{}", "*");
        port1.postMessage({ type: "start", config: { siteKey: "${key}", name: "Evil", accent: "#ff0000", greeting: "",
          ask: {}, agentsOnline: true }, page: { url: "", title: "", referrer: "" }, language: "en" });
        port1.postMessage({ type: "logout" });
      }
    </script>`);
    const attacker = await newVisitor();
    await attacker.goto(website.origin);
    const [shop] = await Promise.all([
      attacker.context().waitForEvent("page"),
      attacker.evaluate((url) => Reflect.set(window, "shop", window.open(url)), `${baseURL}/demo`),
    ]);
    await launcherOf(shop).click();
    await chatOf(shop).getByText("Send us a message").click();
    const { last } = mintPerson();
    await say(shop, `private ${last}`);

    const [frameAlone] = await Promise.all([
      attacker.context().waitForEvent("page"),
      attacker.evaluate(
        (url) => Reflect.set(window, "alone", window.open(url)),
        `${baseURL}/widget/frame/${key}#host=${encodeURIComponent(website.origin)}`,
      ),
    ]);
    await frameAlone.waitForLoadState();
    await attacker.evaluate(() => {
      const attack: (target: unknown) => void = Reflect.get(window, "attack");
      const [shopWindow, alone] = [Reflect.get(window, "shop"), Reflect.get(window, "alone")];
      for (const target of [shopWindow, alone]) if (target) attack(target);
    });
    await say(shop, `still private ${last}`);
    await expect(bubblesOf(shop)).toHaveText([`private ${last}`, `still private ${last}`]);
    await expect(composerOf(shop)).toBeEditable();
    await expect(frameAlone.locator(".bubble")).toHaveCount(0);
    expect(await attacker.evaluate(() => Reflect.get(window, "got"))).toEqual([]);
  });
});
