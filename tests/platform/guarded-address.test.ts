import { createServer, type Server } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  type AddressGuardOptions,
  assertPublicHttpUrl,
  isPublicAddress,
  RefusedAddress,
} from "../../server/net/guarded-address.ts";
import { createGuardedFetch } from "../../server/net/guarded-fetch.ts";
import { WITH_LOOPBACK } from "../../server/net/outside.ts";

const PUBLIC = { address: "93.184.215.14", family: 4 };
const LOOPBACK = { address: "127.0.0.1", family: 4 };
const everyNameIs = (...addresses: (typeof PUBLIC)[]) => ({ resolve: async () => addresses });

describe("an IP address", () => {
  test.each([
    ...["0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1"],
    ...["172.31.255.255", "192.0.0.192", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"],
    ...["168.63.129.16", "100.100.100.200", "::", "::1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1"],
    ...["64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0"],
    ...["ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "not an address", ""],
  ])("%s is of an inner network", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each([
    ...["8.8.8.8", "93.184.215.14", "172.15.255.255", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2606:4700::1111"],
    ...["2a00:1450:4001:80b::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"],
  ])("%s is the world's", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe("an address that somebody enters", () => {
  test.each([
    ...["http://127.0.0.1", "http://[::1]", "http://169.254.169.254/latest/meta-data", "http://0x7f000001"],
    ...["http://2130706433", "http://017700000001", "http://127.1", "http://localhost", "http://localhost."],
    ...[
      "http://LOCALHOST",
      "http://app.localhost",
      "http://[::ffff:127.0.0.1]",
      "http://10.0.0.1",
      "http://172.16.0.1",
    ],
    ...["http://192.168.0.1", "http://metadata.google.internal", "http://metadata.google.internal.", "http://printer"],
    ...["http://nas.local", "http://router.home.arpa", "http://ok@127.0.0.1", "https://user:pass@example.com"],
    ...["http://127。0。0。1", "https://example.com:22", "https://example.com:5432", "https://example.com:6379"],
    ...["file:///etc/passwd", "gopher://example.com", "ftp://example.com", "javascript:alert(1)", "example.com", ""],
  ])("%s is refused without asking anybody", async (address) => {
    const asked: string[] = [];
    const resolve = async (name: string) => {
      asked.push(name);
      return [PUBLIC];
    };
    await expect(assertPublicHttpUrl(address, { resolve })).rejects.toThrow(RefusedAddress);
    expect(asked).toEqual([]);
  });

  test.each([
    ["a private address", everyNameIs({ address: "10.0.0.7", family: 4 })],
    ["a public address and a private one", everyNameIs(PUBLIC, { address: "fd00::1", family: 6 })],
    ["nothing", everyNameIs()],
    [
      "nobody who knows",
      {
        resolve: async () => {
          throw new Error("ENOTFOUND");
        },
      },
    ],
  ])("a name that leads to %s is refused", async (_what, options: AddressGuardOptions) => {
    await expect(assertPublicHttpUrl("https://crm.example.com", options)).rejects.toThrow(RefusedAddress);
  });

  test.each(["https://crm.example.com", "http://crm.example.com:8080/hooks?x=1", "https://93.184.215.14/"])(
    "%s is taken",
    async (address) => {
      expect((await assertPublicHttpUrl(address, everyNameIs(PUBLIC))).href).toBe(new URL(address).href);
    },
  );
});

describe("a call to it", () => {
  test("goes nowhere when the name leads inside by then, though it did not when it was saved", async () => {
    const canary = await listen();
    const answers = [[PUBLIC], [LOOPBACK], [PUBLIC, LOOPBACK]];
    const options = { resolve: async () => answers.shift() ?? [], ports: [canary.port] };
    const address = `http://crm.example.com:${canary.port}/`;
    await assertPublicHttpUrl(address, options);
    const fetch = createGuardedFetch(options);
    await expect(fetch(address, { method: "POST", body: "{}" })).rejects.toThrow(RefusedAddress);
    await expect(fetch(address, { method: "GET" })).rejects.toThrow(RefusedAddress);
    expect(canary.connections()).toBe(0);
  });

  test.each(["127.0.0.1", "[::ffff:127.0.0.1]", "2130706433", "localhost"])(
    "goes nowhere when it was stored as %s",
    async (host) => {
      const canary = await listen();
      const fetch = createGuardedFetch({ ports: [canary.port], resolve: async () => [LOOPBACK] });
      const call = fetch(`http://${host}:${canary.port}/`, { method: "GET" });
      await expect(call).rejects.toThrow(RefusedAddress);
      expect(canary.connections()).toBe(0);
    },
  );

  test("reaches this computer by its name, too, where a demo may call it", async () => {
    const server = await listen((_request, answer) => answer(200, {}));
    const address = `http://localhost:${server.port}/hook`;
    await assertPublicHttpUrl(address, { ...WITH_LOOPBACK, resolve: async () => [LOOPBACK] });
    const fetch = createGuardedFetch({ ...WITH_LOOPBACK, resolve: async () => [LOOPBACK] });
    expect((await fetch(address, { method: "POST", body: "{}" })).status).toBe(200);
    await expect(assertPublicHttpUrl("http://printer.local/", WITH_LOOPBACK)).rejects.toThrow(RefusedAddress);
  });

  test("connects to the address that was judged, once asked, and keeps the name", async () => {
    const server = await listen((request, answer) => answer(200, { "x-host": request.host, "x-body": request.body }));
    let asked = 0;
    const resolve = async () => {
      asked++;
      return [LOOPBACK];
    };
    const fetch = createGuardedFetch({ resolve, ports: [server.port], mayReach: () => true });
    const response = await fetch(`http://crm.example.com:${server.port}/a`, { method: "POST", body: "grüße" });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-host")).toBe(`crm.example.com:${server.port}`);
    expect(decodeURIComponent(response.headers.get("x-body") ?? "")).toBe("grüße");
    expect(await response.text()).toBe("answered");
    expect(asked).toBe(1);
  });

  test("does not follow a redirect", async () => {
    const canary = await listen();
    const server = await listen((_request, answer) => answer(302, { location: `http://127.0.0.1:${canary.port}/` }));
    const fetch = createGuardedFetch({ ...everyNameIs(LOOPBACK), ports: [server.port], mayReach: () => true });
    const response = await fetch(`http://crm.example.com:${server.port}/`, { method: "GET" });
    expect(response.status).toBe(302);
    await response.text();
    expect(canary.connections()).toBe(0);
  });

  test("ends when its signal says so, with the signal's reason", async () => {
    const server = await listen(() => {});
    const fetch = createGuardedFetch({ ...everyNameIs(LOOPBACK), ports: [server.port], mayReach: () => true });
    const ending = new AbortController();
    const call = fetch(`http://crm.example.com:${server.port}/`, { method: "GET", signal: ending.signal });
    ending.abort(new DOMException("Too late", "TimeoutError"));
    await expect(call).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("an answer without a body is one", async () => {
    const server = await listen((_request, answer) => answer(204, {}));
    const fetch = createGuardedFetch({ ...everyNameIs(LOOPBACK), ports: [server.port], mayReach: () => true });
    const response = await fetch(`http://crm.example.com:${server.port}/`, { method: "DELETE" });
    expect([response.status, await response.text()]).toEqual([204, ""]);
  });
});

type Answering = (
  request: { host: string; body: string },
  answer: (status: number, headers: Record<string, string>) => void,
) => void;

async function listen(answering: Answering = (_request, answer) => answer(200, {})) {
  let connections = 0;
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = encodeURIComponent(Buffer.concat(chunks).toString("utf8"));
    answering({ host: request.headers.host ?? "", body }, (status, headers) => {
      response.writeHead(status, headers);
      response.end(status === 204 ? undefined : "answered");
    });
  });
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A listening server has a port.");
  return { port: address.port, connections: () => connections };
}
