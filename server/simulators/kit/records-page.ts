import { createHash } from "node:crypto";
import type { Context, Hono } from "hono";
import { html, raw } from "hono/html";
import { readable } from "./readable-note.ts";
import { RECORDS_STYLE } from "./records-style.ts";
import type { SimulatedRecord, Simulator } from "./simulator.ts";

const SHOWN_AT_ONCE = 100;
const STYLE_HASH = createHash("sha256").update(RECORDS_STYLE).digest("base64");
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** What a person can do in this CRM besides editing and deleting. */
interface RecordActs {
  /** Two records of an object become one; throws what the CRM says against it. */
  merge?(object: string, winner: string, loser: string): void;
  /** A page on which more can be done with a record. */
  readonly more?: { readonly label: string; path(record: SimulatedRecord): string };
}

/**
 * The simulator's own page, on which a person plays the salesperson: `GET /_records?q=` lists the records, newest
 * first, and each value can be changed through a form. A value that is neither text, number nor truth value is only shown.
 * A record can be deleted and, where the CRM knows that, merged into another.
 */
export function mountRecordsPage(app: Hono, simulator: Simulator, acts: RecordActs = {}): void {
  app.get("/_records", (c) => {
    const q = c.req.query("q") ?? "";
    c.header("content-security-policy", PAGE_POLICY);
    c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
    return c.html(page(simulator, q, acts));
  });

  app.post("/_records/:object/:id", (c) =>
    act(c, simulator, (record, form) => {
      const changes = changesOf(record, form);
      if (Object.keys(changes).length > 0) simulator.edit(record.object, record.id, changes);
      return record.id;
    }),
  );
  app.post("/_records/:object/:id/delete", (c) =>
    act(c, simulator, ({ object, id }) => {
      simulator.remove(object, id);
      return id;
    }),
  );
  app.post("/_records/:object/:id/merge", (c) =>
    act(c, simulator, ({ object, id }, form) => {
      const into = textIn(form, "into").trim();
      if (!acts.merge) throw new Error(`${simulator.name} merges no records.`);
      acts.merge(object, into, id);
      return into;
    }),
  );
}

/** Does what a form of this page asks for, and shows the record whose id `work` answers with. */
async function act(
  c: Context,
  simulator: Simulator,
  work: (record: SimulatedRecord, form: FormData) => string,
): Promise<Response> {
  if (!isFromThisPage(c)) return c.text("The form was sent from another site.", 403);
  const { object = "", id = "" } = c.req.param();
  const record = simulator.record(object, id);
  if (!record) return c.text("There is no such record.", 404);
  const form = await c.req.formData();
  try {
    const shown = work(record, form);
    const q = textIn(form, "q");
    const query = q === "" ? "" : `?q=${encodeURIComponent(q)}`;
    return c.redirect(`/_records${query}#${object}-${shown}`, 303);
  } catch (error) {
    return c.text(error instanceof Error ? error.message : String(error), 400);
  }
}

export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** A form of our own pages, not of another site. */
export function isFromThisPage(c: Context): boolean {
  const origin = c.req.header("origin") ?? "";
  return URL.canParse(origin) && new URL(origin).host === new URL(c.req.url).host;
}

/** What the form says differently from the record. Inputs are named `value:<property>`; `name` and `value` add one. */
function changesOf(record: SimulatedRecord, form: FormData): Record<string, unknown> {
  const changes: [string, unknown][] = [];
  for (const [property, current] of Object.entries(record.values)) {
    const typed = form.get(`value:${property}`);
    if (typeof typed !== "string" || typed === textOf(current)) continue;
    changes.push([property, parseAs(current, typed)]);
  }
  const name = textIn(form, "name").trim();
  if (name !== "") changes.push([name, textIn(form, "value")]);
  return Object.fromEntries(changes);
}

function parseAs(current: unknown, typed: string): unknown {
  if (typed === "") return null;
  if (typeof current === "number" && Number.isFinite(Number(typed))) return Number(typed);
  if (typeof current === "boolean" && (typed === "true" || typed === "false")) return typed === "true";
  return typed;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function matches(record: SimulatedRecord, q: string): boolean {
  const text = [
    record.object,
    record.id,
    record.state ?? "",
    ...Object.values(record.values).map(textOf),
    ...record.notes,
  ];
  return text.join("\n").toLowerCase().includes(q.trim().toLowerCase());
}

function nameOf({ values }: SimulatedRecord): string {
  const names = ["firstname", "firstName", "first_name", "lastname", "lastName", "last_name"];
  const name = names.map((key) => textOf(values[key])).filter(Boolean);
  return name.join(" ") || "No name";
}

function anchorOf({ object, id }: SimulatedRecord): string {
  return `${object}-${id}`;
}

function page(simulator: Simulator, q: string, acts: RecordActs) {
  const all = simulator.records().toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  const found = q.trim() === "" ? all : all.filter((record) => matches(record, q));
  const shown = found.slice(0, SHOWN_AT_ONCE);
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${simulator.name} simulator</title>
    <style>${raw(RECORDS_STYLE)}</style>
  </head>
  <body>
    <header>
      <div>
        <h1>${simulator.name} simulator</h1>
        <p>Stands in for ${simulator.name}. What you save here is a salesperson's change in the CRM.</p>
      </div>
      <form method="get" action="/_records" role="search">
        <input type="search" name="q" value="${q}" placeholder="Search records" aria-label="Search records" />
        <button>Search</button>
      </form>
    </header>
    <main>
      <p class="count">${countOf(shown.length, found.length, all.length)}</p>
      ${shown.map((record) => card(record, q, acts))}
    </main>
    ${acts.merge ? [...new Set(all.map(({ object }) => object))].map((object) => idsOf(object, all)) : ""}
  </body>
</html>`;
}

function countOf(shown: number, found: number, all: number): string {
  if (all === 0) return "No records yet.";
  if (found === 0) return `No record matches, of ${all}.`;
  const which = shown < found ? `The newest ${shown} of ${found}` : String(found);
  const of = found < all ? ` of ${all}` : "";
  return `${which}${of} ${all === 1 ? "record" : "records"}`;
}

/** Offered where an id is typed. */
function idsOf(object: string, all: readonly SimulatedRecord[]) {
  const records = all.filter((record) => record.object === object && record.state === null).slice(0, SHOWN_AT_ONCE);
  return html`<datalist id="ids-${object}">
    ${records.map((record) => html`<option value="${record.id}">${nameOf(record)}</option>`)}
  </datalist>`;
}

function card(record: SimulatedRecord, q: string, acts: RecordActs) {
  const path = `/_records/${encodeURIComponent(record.object)}/${encodeURIComponent(record.id)}`;
  return html`<article id="${anchorOf(record)}">
    <h2>
      ${nameOf(record)} ${record.state === null ? "" : html`<span class="state">${record.state}</span>`}
      <small>${record.object} ${record.id}</small>
      <time datetime="${record.updatedAt}">${record.updatedAt.replace("T", " ").slice(0, 19)} UTC</time>
    </h2>
    <form method="post" action="${path}">
      <input type="hidden" name="q" value="${q}" />
      <div class="values">${Object.entries(record.values).map(([property, value]) => field(property, value))}</div>
      <div class="add">
        <input name="name" placeholder="Another property" aria-label="Another property" autocomplete="off" />
        <input name="value" placeholder="Value" aria-label="Its value" autocomplete="off" />
        <button>Save</button>
      </div>
    </form>
    ${isThere(record) ? actForms(record, path, q, acts.merge !== undefined) : ""}
    ${isThere(record) && acts.more ? html`<p><a href="${acts.more.path(record)}">${acts.more.label}</a></p>` : ""}
    ${record.notes.length === 0 ? "" : html`<h3>Notes</h3>`}
    ${record.notes.map((note) => html`<blockquote>${readable(note)}</blockquote>`)}
  </article>`;
}

function isThere({ state }: SimulatedRecord): boolean {
  return state === null || !/^(archived|deleted|merged into)/.test(state);
}

function actForms({ object }: SimulatedRecord, path: string, q: string, merges: boolean) {
  return html`<details>
    <summary>${merges ? "Delete or merge" : "Delete"}</summary>
    <div class="acts">
      <form method="post" action="${path}/delete">
        <input type="hidden" name="q" value="${q}" />
        <button>Delete</button>
      </form>
      ${
        merges
          ? html`<form method="post" action="${path}/merge">
              <input type="hidden" name="q" value="${q}" />
              <input name="into" list="ids-${object}" required placeholder="Id of another ${object}" aria-label="Merge into" autocomplete="off" />
              <button>Merge into it</button>
            </form>`
          : ""
      }
    </div>
  </details>`;
}

function field(property: string, value: unknown) {
  if (typeof value === "object" && value !== null) {
    return html`<div><span>${property}</span><output>${JSON.stringify(value)}</output></div>`;
  }
  const name = `value:${property}`;
  return html`<label><span>${property}</span><input name="${name}" value="${textOf(value)}" autocomplete="off" /></label>`;
}
