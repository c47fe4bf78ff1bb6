/**
 * Which way imports may go. Places are paths from the project's folder, without the file's ending; a pattern ending in
 * `/**` stands for everything below, every other one for exactly itself. npm packages go by their name.
 */
export interface ImportRule {
  readonly files: string;
  /** What the files may use, themselves included. */
  readonly may: readonly string[];
  /** What they may name in types alone. */
  readonly mayNameTypesOf?: readonly string[];
  /** What to do where one was about to import something else. */
  readonly instead: string;
}

const SHARED = "@rolodesk/shared/**";
const BROWSER = ["preact", "preact/hooks", "@preact/signals", "socket.io-client", "lucide"];
const SERVER_KIT = ["server/deps", "server/actor"];

export const IMPORT_RULES: readonly ImportRule[] = [
  {
    files: "packages/shared/**",
    may: ["packages/shared/**", "zod"],
    instead: "The contract knows neither server nor browser: hand the value in, or keep the code where it is used.",
  },
  {
    files: "widget/src/**",
    may: [
      "widget/src/**",
      "@rolodesk/shared/vocabulary",
      "@rolodesk/shared/site-origin",
      "@rolodesk/shared/tokens.css",
      ...BROWSER,
    ],
    mayNameTypesOf: [SHARED],
    instead:
      "Take types from the contract (`import type`), values from its vocabulary; zod would double what a page pays.",
  },
  {
    files: "sidebar/src/**",
    may: ["sidebar/src/**", "@rolodesk/shared/vocabulary", "@rolodesk/shared/tokens.css", ...BROWSER],
    mayNameTypesOf: [SHARED],
    instead: "Take types from the contract (`import type`), values from its vocabulary; ask the server over HTTP.",
  },
  {
    files: "server/domain/**",
    may: ["server/domain/**", "@rolodesk/shared/vocabulary", "libphonenumber-js/**"],
    mayNameTypesOf: [SHARED],
    instead: "Rules are pure: let the usecase read, call or write, and hand the values in.",
  },
  {
    files: "server/files/**",
    may: [
      "server/files/**",
      "server/domain/**",
      "@rolodesk/shared/vocabulary",
      "csv-parse",
      "saxes",
      "yauzl",
      "node:crypto",
    ],
    instead: "Here bytes become rows of texts: what they mean is domain/imports, where they go is a usecase.",
  },
  {
    files: "server/usecases/**",
    may: [
      ...["server/usecases/**", "server/domain/**", "server/db/queries/**", "server/db/schema/**", SHARED],
      ...[
        "server/auth/password-hash",
        "server/files/**",
        "server/parse-input",
        "server/net/guarded-address",
        "server/views/**",
        "drizzle-orm",
        "zod",
        "jose",
        "node:crypto",
        "node:async_hooks",
      ],
    ],
    mayNameTypesOf: [...SERVER_KIT, "server/db/**", "server/integrations/**"],
    instead: "A usecase is handed its connectors, queue and publisher in `deps`; doors call it, it never calls a door.",
  },
  {
    files: "server/net/**",
    may: ["server/net/**", "node:**"],
    instead: "This decides which addresses may be called, for everybody: it knows no caller.",
  },
  {
    files: "server/db/**",
    may: [
      ...["server/db/**", SHARED, "drizzle-orm/**", "postgres", "pg", "graphile-worker", "zod", "node:**"],
      ...["server/project-root", "server/free-port"],
    ],
    mayNameTypesOf: ["server/domain/**", "server/integrations/**", ...SERVER_KIT],
    instead: "Queries are functions of `db`: what to do with the rows is the caller's business.",
  },
  {
    files: "server/views/**",
    may: ["server/views/**", "server/db/queries/**", "server/db/schema/**", "server/domain/**", SHARED, "drizzle-orm"],
    mayNameTypesOf: [...SERVER_KIT, "server/presence", "server/db/**", "server/integrations/**"],
    instead: "A view reads and shapes, field by field. Writing is a usecase.",
  },
  {
    files: "server/integrations/**",
    may: ["server/integrations/**", "server/domain/**", SHARED, "zod", "node:crypto", "@hubspot/api-client/**"],
    instead: "A connector talks to its CRM and nothing else: settings, credentials and time are handed in.",
  },
  {
    files: "server/simulators/**",
    may: ["server/simulators/**", "hono/**", "node:**"],
    instead:
      "Simulators know the vendors' documents and none of our code, so that a misreading is not made twice; bodies are checked by hand, as zod is what our side reads answers with.",
  },
  {
    files: "server/http/**",
    may: [
      ...["server/http/**", "server/usecases/**", "server/views/**", "server/domain/**", "server/limits/**", SHARED],
      ...["server/auth/**", "server/*", "hono/**", "@hono/node-server/**", "zod", "node:**"],
    ],
    mayNameTypesOf: ["server/db/**", "server/integrations/**", "pino"],
    instead: "Call a usecase or a view. A route parses, asks and answers.",
  },
  {
    files: "server/realtime/**",
    may: [
      ...[
        "server/realtime/**",
        "server/usecases/**",
        "server/views/**",
        "server/domain/**",
        "server/limits/**",
        SHARED,
      ],
      ...["server/auth/**", "server/*", "socket.io", "zod", "node:**"],
    ],
    mayNameTypesOf: ["server/db/**", "pino"],
    instead: "Call a usecase or a view. A socket handler parses, asks and acknowledges.",
  },
  {
    files: "server/jobs/**",
    may: [
      ...[
        "server/jobs/**",
        "server/usecases/**",
        SHARED,
        "server/new-id",
        "server/db/watched-socket",
        "pg",
        "postgres",
      ],
      ...["graphile-worker", "drizzle-orm", "zod", "node:**"],
    ],
    mayNameTypesOf: [...SERVER_KIT, "server/db/client", "pino"],
    instead: "A job runs one usecase with ids.",
  },
];

/** Within a folder of folders: which of them may use only themselves, these neighbours and the files beside them. */
export const SEPARATE_FOLDERS = [
  { folder: "server/integrations", neighbours: [], files: true, but: ["server/integrations/registry"] },
  { folder: "server/simulators", neighbours: ["kit"], files: false, but: [] },
] as const;
