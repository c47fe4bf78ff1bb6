import { once } from "node:events";
import { createHandlers } from "../../../server/jobs/create-handlers.ts";
import { startRunner } from "../../../server/jobs/runner.ts";
import { openDeps } from "../../support/open-deps.ts";

/**
 * A job process with the real jobs, to be killed: `worker-child.ts <database url> <secret key in base64>`. It begins when it is
 * told anything, and notices the deaths of others fast.
 */
const [url = "", secretKey = ""] = process.argv.slice(2);
await once(process.stdin, "data");
const { deps } = openDeps(url, Buffer.from(secretKey, "base64"));
await startRunner({ url, log: deps.log, handlers: createHandlers(deps), beatMs: 100, concurrency: 2 });
