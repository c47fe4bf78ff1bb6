import { expect, test } from "@playwright/test";
import { startRolodesk } from "./support/rolodesk-process.ts";

test("the server comes back after kill -9 on its data, and ends with 0 when asked", async ({ page }) => {
  const rolodesk = await startRolodesk();
  try {
    await page.goto(`${rolodesk.url}/demo`);
    const site = await page.locator("script[data-site]").getAttribute("data-site");
    await rolodesk.kill();
    await rolodesk.start();
    await page.reload();
    await expect(page.locator("script[data-site]")).toHaveAttribute("data-site", site ?? "");
    expect(await rolodesk.stop()).toBe(0);
  } finally {
    await rolodesk.destroy();
  }
});

test("two servers on one machine do not get in each other's way", async ({ request }) => {
  const [one, other] = await Promise.all([startRolodesk(), startRolodesk()]);
  try {
    for (const { url, simulators } of [one, other]) {
      expect((await request.get(`${url}/demo`)).status()).toBe(200);
      expect(simulators.size).toBe(4);
      for (const address of simulators.values()) expect((await request.get(address)).status()).toBe(200);
    }
    expect(new Set([...one.simulators.values(), ...other.simulators.values()]).size).toBe(8);
  } finally {
    await Promise.all([one.destroy(), other.destroy()]);
  }
});
