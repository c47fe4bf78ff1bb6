import type { ApiKey } from "@rolodesk/shared/api-key";
import { ConfirmInline } from "../../../components/confirm-inline.tsx";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { counted } from "../../../counted.ts";
import { SCOPE_WORDS } from "./scope-words.ts";

const ENDED = new Set<ApiKey["state"]>(["expired", "revoked"]);

function sitesText({ siteIds }: ApiKey): string {
  if (siteIds.length === 0) return "every site";
  return counted(siteIds.length, "site", "sites");
}

export function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const ended = ENDED.has(apiKey.state);
  return (
    <li class={`settings-row${ended ? " settings-row-off" : ""}`}>
      <div class="settings-row-main">
        <p class="settings-row-name">{apiKey.name}</p>
        <p class="settings-row-about">
          <code>{apiKey.prefix}…</code> · {apiKey.createdByName} · {sitesText(apiKey)} · <Use apiKey={apiKey} />
        </p>
        <p class="settings-row-about">{apiKey.scopes.map((scope) => SCOPE_WORDS[scope]).join(" · ")}</p>
        {apiKey.state === "idle" && (
          <p class="settings-row-problem">{apiKey.createdByName} is no admin any more, so it may do less or nothing.</p>
        )}
      </div>
      {!ended && (
        <ConfirmInline
          small
          danger
          label="Revoke"
          question={`Programs with ${apiKey.name} are refused at once. This cannot be undone.`}
          confirmLabel="Revoke"
          onConfirm={onRevoke}
        />
      )}
    </li>
  );
}

function Use({ apiKey: { state, lastUsedAt } }: { apiKey: ApiKey }) {
  if (state === "revoked") return <>Revoked</>;
  if (state === "expired") return <>Expired</>;
  if (lastUsedAt === null) return <>never used</>;
  return (
    <>
      used <RelativeTime at={lastUsedAt} />
    </>
  );
}
