import { html, raw } from "hono/html";
import { DEMO_ADMIN, DEMO_AGENT } from "./demo-accounts.ts";
import { EXAMPLE_VISITORS, type ExampleVisitor } from "./example-visitors.ts";
import { LAMP_DEFINITIONS, LAMPS, type Lamp } from "./shop-lamps.ts";

export interface ShopPage {
  readonly siteKey: string;
  /** The pages on which the CRMs' records can be seen and changed. */
  readonly crms: readonly { readonly name: string; readonly recordsUrl: string }[];
}

/** A made-up shop with the widget on it, and what to try. Server-rendered; works without its script but for the buttons. */
export function shopPage({ siteKey, crms }: ShopPage) {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Northwind Lamps</title>
    <link rel="icon" href="/app/icon.svg" />
    <link rel="stylesheet" href="/demo/shop.css" />
    <script type="module" src="/demo/shop.js"></script>
    <script async src="/widget/loader.js" data-site="${siteKey}"></script>
  </head>
  <body>
    <div class="notice">
      <div class="wrap">
        <span>This shop does not exist. It is the demo of Rolodesk.</span>
        <a href="/app/" target="_blank" rel="noopener">Agents’ console</a>
        ${crms.map((crm) => html`<a href="${crm.recordsUrl}" target="_blank" rel="noopener">${crm.name}</a>`)}
      </div>
    </div>
    <header class="wrap top">
      <a class="name" href="/demo">Northwind Lamps</a>
      <nav aria-label="Page"><a href="#lamps">Lamps</a><a href="#try">Try this</a></nav>
    </header>
    <main>
      <section class="wrap hero">
        <h1>Light for the long evenings</h1>
        <p>Four lamps, made slowly in a small workshop. Ask us anything: somebody who knows the lamps answers.</p>
      </section>
      ${raw(LAMP_DEFINITIONS)}
      <ul class="wrap lamps" id="lamps">
        ${LAMPS.map(lampCard)}
      </ul>
      <section class="try" id="try">
        <div class="wrap">
          <h2>Try this</h2>
          ${steps(crms)}
          <ul class="visitors">
            ${EXAMPLE_VISITORS.map(visitorCard)}
          </ul>
        </div>
      </section>
    </main>
  </body>
</html>`;
}

function lampCard({ name, kind, price, drawing }: Lamp) {
  return html`<li class="lamp">
    <svg viewBox="0 0 200 180" aria-hidden="true">${raw(drawing)}</svg>
    <h3>${name} <span>${price}</span></h3>
    <p>${kind}</p>
  </li>`;
}

function steps(crms: ShopPage["crms"]) {
  const pages = crms.map(
    (crm, index) =>
      html`${index > 0 ? ", " : ""}<a href="${crm.recordsUrl}" target="_blank" rel="noopener">${crm.name}</a>`,
  );
  return html`<ol class="steps">
    <li>
      Open the <a href="/app/" target="_blank" rel="noopener">agents’ console</a> in a second window and sign in:
      <table class="logins">
        ${login("agent", DEMO_AGENT)} ${login("admin", DEMO_ADMIN)}
      </table>
    </li>
    <li>Be one of the visitors below: the button opens a chat and copies their first message.</li>
    <li>Answer as the agent, then end the chat. What was learned goes to the CRMs.</li>
    <li>Decide what waits in the amber box, and look at the records: ${pages}.</li>
  </ol>`;
}

function login(role: string, { email, password }: { email: string; password: string }) {
  return html`<tr><th scope="row">${role}</th><td><code>${email}</code></td><td><code>${password}</code></td></tr>`;
}

function visitorCard({ key, name, lesson, says, signedIn, shopper }: ExampleVisitor) {
  return html`<li class="visitor">
    <h3>${name}</h3>
    <p>${lesson}</p>
    <blockquote>${says}</blockquote>
    <button type="button" data-visitor="${key}" data-says="${says}" ${signedIn || shopper ? raw('data-signed-in="1"') : ""}>
      Chat as this visitor
    </button>
    <p class="status" role="status"></p>
  </li>`;
}
