import type { CrmTab } from "@rolodesk/shared/crm-panel";
import type { NoteStatus } from "@rolodesk/shared/vocabulary";
import { ArrowUpRight, Link2, Link2Off } from "lucide";
import { Icon } from "../../components/icon.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { webAddress } from "../../web-address.ts";
import { recordName } from "./record-name.ts";

const TRANSCRIPT_WORDS: Readonly<Record<NoteStatus, string>> = {
  waiting: "The transcript is on its way to this record",
  added: "The transcript is on this record",
  failed: "The transcript could not be added",
};

function TranscriptLine({ tab }: { tab: CrmTab }) {
  if (!tab.transcript) return null;
  const { status, problem } = tab.transcript;
  return (
    <p class={`link-why${status === "failed" ? " link-failed" : ""}`}>
      {TRANSCRIPT_WORDS[status]}
      {problem && `: ${problem}`}
    </p>
  );
}

/** Which record this person is in the CRM, and how we know. */
export function LinkCard({ tab }: { tab: CrmTab }) {
  const { link, connection } = tab;
  if (!link) {
    return (
      <p class="link">
        <Icon node={Link2Off} />
        <span>Not linked to a record in {connection.name} yet.</span>
      </p>
    );
  }
  const url = webAddress(link.url);
  const id = `${link.object.charAt(0).toUpperCase()}${link.object.slice(1)} ${link.externalId}`;
  const name = recordName(tab);
  return (
    <div class="link">
      <Icon node={Link2} />
      <div>
        <p class="link-record">
          {url ? (
            <a
              class="ui-link"
              href={url}
              target="_blank"
              rel="noreferrer noopener"
              title={`Open in ${connection.name}`}
            >
              <span dir="auto">{name ?? id}</span> <Icon node={ArrowUpRight} />
              <span class="ui-sr">opens {connection.name} in a new tab</span>
            </a>
          ) : (
            <span dir="auto">{name ?? id}</span>
          )}
        </p>
        {name !== null && <p class="link-id">{id}</p>}
        <p class="link-why">{link.matchedReason}</p>
        <p class="link-why">
          Last synced <RelativeTime at={link.lastSyncedAt} />
        </p>
        <TranscriptLine tab={tab} />
      </div>
    </div>
  );
}
