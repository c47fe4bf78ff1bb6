import { once } from "node:events";
import { connect } from "node:net";
import { ImportBatchDetail, ImportRowPage } from "@rolodesk/shared/import-batch";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contact } from "../../server/db/schema/contact.ts";
import { importBatch } from "../../server/db/schema/staging.ts";
import { unguardCell } from "../../server/domain/imports/csv-cell.ts";
import { readCsv } from "../../server/files/read-csv.ts";
import { workOnFile } from "../../server/usecases/files/work-on-file.ts";
import { type Agent, type ChatRig, createChatRig } from "../support/chat-rig.ts";
import { mint, mintEmail, newId } from "../support/ids.ts";
import { makeKey } from "../support/make-key.ts";

let rig: ChatRig;
let admin: Agent;

beforeAll(async () => {
  rig = await createChatRig();
  admin = await rig.makeUser("admin");
});
afterAll(() => rig.close());

type Body = RequestInit["body"];

function send(body: Body, type = "text/csv"): Promise<Response> {
  return fetch(`${rig.url}/api/batches?name=people.csv`, {
    method: "POST",
    body,
    duplex: "half",
    headers: { "content-type": type, cookie: admin.cookie, "x-rolodesk": "1", origin: rig.url },
  } as RequestInit);
}

async function refusalOf(answer: Response): Promise<{ status: number; message: string }> {
  const { message } = (await answer.json()) as { message: string };
  return { status: answer.status, message };
}

/** A body that is made as it is sent. */
function endless(piece: Uint8Array, pieces: number): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      sent += 1;
      if (sent > pieces) controller.close();
      else controller.enqueue(piece);
    },
  });
}

describe("a bad file is refused in words, and leaves nothing", () => {
  test.each([
    ["NUL bytes", () => "a,b\n1\0,2\n", 400, "NUL"],
    ["headers of JavaScript's own", () => "__proto__,Email\nx,ana@example.com\n", 400, "__proto__"],
    ["a header that is a constructor", () => "Email,constructor\nana@example.com,x\n", 400, "constructor"],
    ["10,000 columns", () => `${"x,".repeat(10_000)}\n`, 400, "200 columns"],
    ["nothing", () => "", 400, "empty"],
    ["gzip", () => new Uint8Array([0x1f, 0x8b, 8, 0, 0]), 400, "compressed"],
    ["one line of 200 MB", () => endless(new Uint8Array(1024 * 1024).fill(97), 200), 400, "longer than 1 MB"],
    ["101 MB of rows", () => endless(new TextEncoder().encode("a,b\n".repeat(262_144)), 101), 413, "100 MB"],
  ])("%s", async (_name, body, status, words) => {
    const before = await rig.db.$count(importBatch);
    const memory = process.memoryUsage().rss;
    const answer = await send(body() as Body);
    const health = await fetch(`${rig.url}/api/setup`);
    expect(health.status).toBe(200);
    expect(await refusalOf(answer)).toEqual({ status, message: expect.stringContaining(words) });
    expect(await rig.db.$count(importBatch)).toBe(before);
    expect(process.memoryUsage().rss - memory).toBeLessThan(256 * 1024 * 1024);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  test("an upload that breaks off leaves nothing", async () => {
    const before = await rig.db.$count(importBatch);
    const { hostname, port } = new URL(rig.url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    socket.write(
      `POST /api/batches?name=x.csv HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncookie: ${admin.cookie}\r\nx-rolodesk: 1\r\ncontent-type: text/csv\r\ncontent-length: 1000000\r\n\r\nEmail\nana@example.com\n`,
    );
    await expect.poll(() => rig.db.$count(importBatch)).toBe(before + 1);
    socket.destroy();
    await expect.poll(() => rig.db.$count(importBatch)).toBe(before);
  });
});

test("from upload to import over the API; agents and keys without the scope are refused", async () => {
  const email = mintEmail("api");
  const answer = await send(`Name,Email\nAna Demo,${email}\nNobody,\n`);
  expect(answer.status).toBe(201);
  const uploaded = ImportBatchDetail.parse(await answer.json());
  expect(uploaded).toMatchObject({ hasHeader: true, mapping: ["fullName", "email"], staged: false });
  const path = `/api/batches/${uploaded.id}`;
  const { encoding, delimiter, hasHeader, mapping } = uploaded;
  const layout = { encoding, delimiter, hasHeader, mapping, defaultCountry: null, source: "Fair" };
  const preview = await admin.request("POST", `${path}/preview`, layout);
  expect(await preview.json()).toMatchObject({ rows: [{ problems: [] }, { problems: [{ field: null }] }] });
  expect((await admin.request("POST", `${path}/read`, { ...layout, mapping: ["email", "email"] })).status).toBe(400);
  expect((await admin.request("POST", `${path}/read`, layout)).status).toBe(202);
  await workOnFile(rig.deps, { batchId: uploaded.id });
  expect((await admin.request("POST", `${path}/approve`, { rows: { class: null } })).status).toBe(202);
  await workOnFile(rig.deps, { batchId: uploaded.id });
  const rows = ImportRowPage.parse(await (await admin.request("GET", `${path}/rows`)).json());
  expect(rows.items.map(({ status }) => status)).toEqual(["imported", "pending"]);
  expect((await admin.request("GET", `${path}/rows/1`)).status).toBe(200);
  expect((await admin.request("GET", `${path}/rows/3`)).status).toBe(404);

  const site = await rig.makeSite();
  const agent = await rig.makeUser("agent", [site.id]);
  expect((await agent.request("GET", path)).status).toBe(403);
  const reader = await makeKey(rig, { scopes: ["read:contacts"] });
  expect((await reader.request("GET", "/api/batches")).status).toBe(403);
  expect((await reader.request("GET", "/api/contacts/export.csv")).status).toBe(403);
  const all = await makeKey(rig, { scopes: ["admin"] });
  expect((await all.request("GET", "/api/batches")).status).toBe(200);
});

test("what is exported is brought in again exactly as it was, formulas and all", async () => {
  const people = ['=HYPERLINK("http://example.test")', "+1", "-1", "@x", "\u00e9t\u00e9; 'said'", "'=1"].map(
    (company) => ({
      company,
      email: mintEmail("round"),
      phone: "+12025550190",
    }),
  );
  for (const one of people) {
    const attributes = { note: `"${one.company}",\nline`, linkedin: "https://example.com/x" };
    await rig.db
      .insert(contact)
      .values({ id: newId(), firstName: mint("Ana"), tags: ["a b", "c"], ...one, attributes });
  }
  const answer = await admin.request("GET", "/api/contacts/export.csv");
  expect(answer.headers.get("content-disposition")).toContain("attachment");
  const text = await answer.text();
  for (const cell of (await rowsOf(text)).flat()) expect(cell).not.toMatch(/^[=@\t\r-]/);

  const before = await rig.db.select().from(contact);
  for (const one of people) await rig.db.delete(contact).where(eq(contact.email, one.email));
  const uploaded = ImportBatchDetail.parse(await (await send(text)).json());
  expect(uploaded.mapping).toContain("attribute:note");
  const { encoding, delimiter, hasHeader, mapping } = uploaded;
  const path = `/api/batches/${uploaded.id}`;
  await admin.request("POST", `${path}/read`, {
    encoding,
    delimiter,
    hasHeader,
    mapping,
    defaultCountry: null,
    source: "x",
  });
  await workOnFile(rig.deps, { batchId: uploaded.id });
  const { items } = ImportRowPage.parse(await (await admin.request("GET", `${path}/rows?limit=200`)).json());
  await admin.request("POST", `${path}/approve`, { rows: { class: null } });
  await workOnFile(rig.deps, { batchId: uploaded.id });
  for (const one of people) {
    const cells = items.find((row) => row.cells.email === one.email)?.cells;
    const was = before.find((row) => row.email === one.email);
    expect(cells).toMatchObject({
      company: was?.company,
      firstName: was?.firstName,
      phone: was?.phone,
      "attribute:note": String(was?.attributes.note).replace("\n", " "),
      linkedin: was?.attributes.linkedin,
      tags: "a b; c",
    });
  }
});

async function rowsOf(text: string): Promise<string[][]> {
  async function* pieces() {
    yield text.replace(/^\ufeff/, "");
  }
  const rows: string[][] = [];
  for await (const batch of readCsv(pieces(), ",", 100)) rows.push(...batch);
  expect(rows.flat().map(unguardCell).length).toBeGreaterThan(0);
  return rows;
}
