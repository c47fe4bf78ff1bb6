import type { Page } from "@playwright/test";
import type {} from "../../../widget/src/loader/api.ts";

/** What the shop's own page calls: `Rolodesk.identify(token)` and the like. */
export async function callApi(page: Page, method: "identify" | "logout" | "setAttributes", argument?: unknown) {
  await page.evaluate(
    ([name, value]) => {
      const api = window.Rolodesk;
      if (api) Reflect.get(api, String(name))(value);
    },
    [method, argument],
  );
}
