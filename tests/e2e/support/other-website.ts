import { closeServer, listenOn } from "../../../server/listen.ts";

export interface OtherWebsite {
  /** Origin without a trailing slash. */
  readonly origin: string;
  /** What its root answers from now on. */
  show(html: string): void;
  close(): Promise<void>;
}

/** A website of somebody else: another origin on this machine, with pages of the test's choice. */
export async function startOtherWebsite(): Promise<OtherWebsite> {
  let html = "";
  const { server, port } = await listenOn("127.0.0.1", 0);
  server.on("request", (_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
  });
  return {
    origin: `http://localhost:${port}`,
    show(next) {
      html = `<!doctype html><html lang="en"><title>Another website</title><body>${next}</body></html>`;
    },
    close: () => closeServer(server),
  };
}
