import type { ConversationSummary } from "@rolodesk/shared/conversation";
import { Lock } from "lucide";
import { Avatar } from "../../components/avatar.tsx";
import { Icon } from "../../components/icon.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { IdentityTag, Tag } from "../../components/tag.tsx";
import { followLink, hrefOf } from "../../router.ts";
import { conflictCount, SYNC_CHIP } from "./sync-words.ts";

interface RowProps {
  row: ConversationSummary;
  selected: boolean;
  search: string;
  ownId: string;
}

export function ConversationRow({ row, selected, search, ownId }: RowProps) {
  const chip = row.syncResult && SYNC_CHIP[row.syncResult];
  return (
    <a
      class={`inbox-row${selected ? " inbox-row-selected" : ""}${row.unread > 0 ? " inbox-row-unread" : ""}`}
      href={hrefOf(`/inbox/${row.id}${search}`)}
      aria-current={selected ? "page" : undefined}
      data-conversation={row.id}
      onClick={followLink}
    >
      <Avatar label={row.person.label} size={36} />
      <span class="inbox-row-main">
        <span class="inbox-row-line">
          <span class="inbox-row-name" title={row.person.label}>
            {row.person.label}
          </span>
          <RelativeTime at={row.lastMessageAt} style="short" />
        </span>
        <span class="inbox-row-line">
          <span class="inbox-row-preview">
            <Preview row={row} />
          </span>
          {row.unread > 0 && (
            <span class="inbox-row-count">
              {row.unread > 99 ? "99+" : row.unread}
              <span class="ui-sr"> unread</span>
            </span>
          )}
        </span>
        <span class="inbox-row-chips">
          {row.pendingConflicts > 0 && <Tag tone="amber">{conflictCount(row.pendingConflicts)}</Tag>}
          <IdentityTag quiet state={row.person.identity} />
          {chip && <Tag tone={chip.tone}>{chip.text}</Tag>}
          <span class="inbox-row-assignee" title={row.assigneeName ?? "Nobody is assigned"}>
            {assigneeText(row, ownId)}
          </span>
        </span>
      </span>
    </a>
  );
}

function Preview({ row }: { row: ConversationSummary }) {
  if (row.previewKind === "note") {
    return (
      <>
        <Icon node={Lock} />
        <span class="ui-sr">Private note: </span>
        {row.preview}
      </>
    );
  }
  return <>{row.previewKind === "agent" ? `Reply: ${row.preview}` : row.preview}</>;
}

function assigneeText(row: ConversationSummary, ownId: string): string {
  if (row.assigneeId === ownId) return "You";
  return row.assigneeName?.split(" ")[0] ?? "Nobody";
}
