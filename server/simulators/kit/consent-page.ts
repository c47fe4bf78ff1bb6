import { createHash } from "node:crypto";
import type { Context } from "hono";
import { html, raw } from "hono/html";
import { RECORDS_STYLE } from "./records-style.ts";

const STYLE_HASH = createHash("sha256").update(RECORDS_STYLE).digest("base64");
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'`;

interface ConsentPage {
  readonly vendor: string;
  /** What the app asks for. */
  readonly scopes: readonly string[];
  /** Answers a person can give, by link. */
  readonly answers: readonly { readonly label: string; readonly href: string }[];
}

/** The page on which a person agrees to an app, as the vendor's: plain links, since a form's way back is the browser's to forbid. */
export function consentPage(c: Context, { vendor, scopes, answers }: ConsentPage) {
  c.header("content-security-policy", POLICY);
  c.header("cache-control", "no-store");
  return c.html(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${vendor} simulator: connect an app</title>
    <style>${raw(RECORDS_STYLE)}</style>
  </head>
  <body>
    <header>
      <div>
        <h1>Connect an app to ${vendor}</h1>
        <p>Stands in for ${vendor}’s own page.</p>
      </div>
    </header>
    <main>
      <article>
        <h2>The app asks for</h2>
        <ul>${scopes.map((scope) => html`<li>${scope}</li>`)}</ul>
        ${answers.map(({ label, href }) => html`<p><a href="${href}">${label}</a></p>`)}
      </article>
    </main>
  </body>
</html>`);
}
