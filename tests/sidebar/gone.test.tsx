import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import { ErasurePage } from "../../sidebar/src/screens/contacts/erasure-page.tsx";
import { until } from "../support/until.ts";
import { serveFake } from "./fake-server.ts";
import { mintId } from "./wire.ts";

afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});

async function show(status: number, message: string): Promise<string[]> {
  serveFake(() => ({ status, body: { code: "not_found", message } }));
  await act(async () => render(<ErasurePage id={mintId()} />, document.body));
  await until(() => expect(document.body.textContent).toContain(message));
  return [...document.querySelectorAll("button")].map(({ textContent }) => textContent ?? "");
}

test("what does not exist is not offered to be tried again", async () => {
  expect(await show(404, "This erasure does not exist, or you may not see it.")).toEqual([]);
});

test("what could not be read for the moment is", async () => {
  expect(await show(503, "The database is away.")).toEqual(["Try again"]);
});
