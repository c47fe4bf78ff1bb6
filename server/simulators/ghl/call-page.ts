import type { Context, Hono } from "hono";
import { html, raw } from "hono/html";
import { isFromThisPage, PAGE_POLICY, textIn } from "../kit/records-page.ts";
import { RECORDS_STYLE } from "../kit/records-style.ts";
import type { SimulatedRecord } from "../kit/simulator.ts";
import type { PlayedCall } from "./call-book.ts";

const STATUSES = ["completed", "answered", "no-answer", "busy", "voicemail", "failed", "canceled"];
const DISPOSITIONS = ["", "Interested", "Not interested", "Callback", "Appointment booked", "Sold", "No answer"];
const TRANSCRIPT =
  "Hello, this is about the lamp I asked for. Do you have it in brass as well? We do. Then please call me back tomorrow with a quote.";

interface CallPageInput {
  readonly record: (id: string) => SimulatedRecord | undefined;
  readonly call: (contactId: string, played: PlayedCall) => string;
}

/** Where a person plays a telephone call with a contact: `GET /_calls/:id`. */
export function mountCallPage(app: Hono, { record, call }: CallPageInput): void {
  app.get("/_calls/:id", (c) => {
    const contact = record(c.req.param("id"));
    if (!contact || contact.state !== null) return c.text("There is no such contact.", 404);
    c.header("content-security-policy", PAGE_POLICY);
    c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
    return c.html(page(contact));
  });
  app.post("/_calls/:id", async (c) => await play(c, { record, call }));
}

async function play(c: Context, { record, call }: CallPageInput): Promise<Response> {
  if (!isFromThisPage(c)) return c.text("The form was sent from another site.", 403);
  const contact = record(c.req.param("id") ?? "");
  if (!contact || contact.state !== null) return c.text("There is no such contact.", 404);
  const form = await c.req.formData();
  const seconds = Number(textIn(form, "seconds"));
  call(contact.id, {
    direction: textIn(form, "direction") === "outbound" ? "outbound" : "inbound",
    status: STATUSES.find((status) => status === textIn(form, "status")) ?? "completed",
    durationSeconds: seconds >= 0 ? Math.round(seconds) : 0,
    transcript: textIn(form, "transcript"),
    disposition: textIn(form, "disposition"),
  });
  return c.redirect(`/_records#contact-${contact.id}`, 303);
}

function page({ id, values }: SimulatedRecord) {
  const name = [values.firstName, values.lastName].filter(Boolean).join(" ") || "No name";
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Log a call, HighLevel simulator</title>
    <style>${raw(RECORDS_STYLE)}</style>
  </head>
  <body>
    <header>
      <div>
        <h1>Log a call</h1>
        <p>With ${name}. Rolodesk is told of it as HighLevel tells: by the app's event and by two webhooks of workflows.</p>
      </div>
    </header>
    <main>
      <article>
        <form method="post" action="/_calls/${encodeURIComponent(id)}">
          <div class="values">
            <label><span>Direction</span><select name="direction"><option value="inbound">Incoming</option><option value="outbound">Outgoing</option></select></label>
            <label><span>Status</span><select name="status">${STATUSES.map((one) => html`<option>${one}</option>`)}</select></label>
            <label><span>Seconds</span><input name="seconds" type="number" min="0" max="86400" value="75" /></label>
            <label><span>Disposition</span><select name="disposition">${DISPOSITIONS.map((one) => html`<option value="${one}">${one === "" ? "None" : one}</option>`)}</select></label>
            <label><span>Transcript</span><input name="transcript" value="${TRANSCRIPT}" /></label>
          </div>
          <div class="add"><button>Log the call</button></div>
        </form>
      </article>
    </main>
  </body>
</html>`;
}
