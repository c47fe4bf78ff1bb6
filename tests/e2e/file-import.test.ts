import { expect, type Page, test } from "@playwright/test";
import { EXAMPLE_CSV } from "../../server/domain/imports/example-file.ts";
import { type ConsoleApi, signIn } from "./support/console-api.ts";
import { mintPerson } from "./support/people.ts";
import { type RolodeskProcess, startRolodesk } from "./support/rolodesk-process.ts";

let rolodesk: RolodeskProcess;
let admin: ConsoleApi;

test.beforeAll(async () => {
  rolodesk = await startRolodesk();
  admin = await signIn(rolodesk.url);
});
test.afterAll(async () => {
  await admin?.dispose();
  await rolodesk?.destroy();
});

async function chooseFile(page: Page, text: string): Promise<void> {
  await page.goto("/app/imports/files");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file" }).click();
  await (await chooser).setFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
}

function rowOf(page: Page, line: number) {
  const open = page.getByRole("button", { name: `Open row ${line}`, exact: true });
  return page.getByRole("row").filter({ has: open });
}

test("a file becomes contacts: its columns named, a cell mended, an unclear row decided, all approved", async ({
  browser,
}) => {
  const [uma, otto] = [mintPerson("Uma"), mintPerson("Otto")];
  for (const { first, last } of [uma, otto]) {
    const contact = { firstName: first, lastName: last, phone: uma.phone, evenIfSimilar: true };
    await admin.send("POST", "/api/contacts", contact);
  }
  const context = await browser.newContext({ baseURL: rolodesk.url, storageState: admin.state });
  const page = await context.newPage();
  await chooseFile(page, `${EXAMPLE_CSV}Tailspin Toys,Somebody Unclear,,${uma.phone},Pilot,,,\r\n`);

  const columns = page.getByRole("table", { name: "The first rows and what each column holds" });
  await expect(columns.getByLabel("Column Contact name is")).toHaveValue("fullName");
  await columns.getByLabel("Column Notes is").selectOption({ label: "Leave out" });
  await page.getByRole("button", { name: "Read all rows" }).click();

  const row = page.getByRole("dialog");
  await expect(rowOf(page, 5)).toContainText("neither an email nor a phone number");
  await page.getByRole("button", { name: "Open row 5", exact: true }).click();
  await row.getByLabel("Email", { exact: true }).fill("dee@example.com");
  await row.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("New");

  await row.getByRole("button", { name: "Next" }).click();
  await expect(row).toContainText("Several contacts have this phone number.");
  const candidate = row.getByRole("listitem").filter({ hasText: `Otto ${otto.last}` });
  await candidate.getByRole("button", { name: "This one" }).click();
  await expect(candidate).toContainText("Chosen");
  await row.getByRole("button", { name: "Approve" }).click();
  await expect(row).toContainText("Imported");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Approve all 5" }).click();
  await expect(page.getByRole("heading", { name: "people.csv" }).locator("..")).toContainText("Done");
  await expect(rowOf(page, 4)).toContainText("Imported");

  await page.goto("/app/contacts");
  await page.getByRole("searchbox").fill(otto.last);
  await page.getByRole("link", { name: `Otto ${otto.last}` }).click();
  await expect(page.getByRole("main")).toContainText("Tailspin Toys");
  await expect(page.getByRole("main")).toContainText("Pilot");
});

test("a file that is no table of people is refused where it was chosen, in words", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: rolodesk.url, storageState: admin.state });
  const page = await context.newPage();
  for (const [text, words] of [
    ["<!doctype html><title>no</title>", "web page"],
    ["Email\u0000,Name\n", "NUL bytes"],
    ["__proto__,Email\nx,ana@example.com\n", "__proto__"],
  ] as const) {
    await chooseFile(page, text);
    await expect(page.getByRole("alert")).toContainText(words);
    await expect(page.getByRole("button", { name: "Choose a file" })).toBeEnabled();
  }
});
