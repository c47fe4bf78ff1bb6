import { vi } from "vitest";

interface Asked {
  method: string;
  path: string;
  body: unknown;
}

type Answer = (asked: Asked) => { status?: number; body: unknown };

/** Answers every request from a function, and remembers what was asked. Held answers wait for `release`. */
export function serveFake(answer: Answer) {
  const asked: Asked[] = [];
  let gate = Promise.resolve();
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const request = { method: init.method ?? "GET", path, body };
    asked.push(request);
    const { status = 200, body: answered } = answer(request);
    await gate;
    return new Response(status === 204 ? null : JSON.stringify(answered), { status });
  });
  function hold(): () => void {
    let release = (): void => {};
    gate = new Promise((resolve) => {
      release = resolve;
    });
    return () => release();
  }
  return { asked, hold };
}

export function sentTo(asked: readonly Asked[], path: string): unknown[] {
  return asked.filter((request) => request.method === "POST" && request.path === path).map(({ body }) => body);
}
