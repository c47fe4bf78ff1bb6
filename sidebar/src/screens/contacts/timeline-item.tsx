import type { TimelineEntry } from "@rolodesk/shared/contact-timeline";
import {
  FileInput,
  FileSpreadsheet,
  type IconNode,
  MessageSquare,
  PencilLine,
  Phone,
  RefreshCw,
  StickyNote,
} from "lucide";
import type { ComponentChildren } from "preact";
import { Icon } from "../../components/icon.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { counted } from "../../counted.ts";
import { followLink, hrefOf } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { callWords } from "../phone-calls/phone-call-words.ts";
import { changeDetail, changeTitle, syncTitle } from "./timeline-words.ts";

const ICONS: Readonly<Record<TimelineEntry["kind"], IconNode>> = {
  conversation: MessageSquare,
  note: StickyNote,
  call: Phone,
  sync: RefreshCw,
  import: FileInput,
  file: FileSpreadsheet,
  change: PencilLine,
};

export function TimelineItem({ entry }: { entry: TimelineEntry }) {
  return (
    <li class={`timeline-item timeline-${entry.kind}`}>
      <Icon node={ICONS[entry.kind]} />
      <div class="timeline-main">
        <Told entry={entry} />
      </div>
      <RelativeTime at={entry.at} style="short" />
    </li>
  );
}

function Told({ entry }: { entry: TimelineEntry }) {
  const isAdmin = currentUser().role === "admin";
  if (entry.kind === "conversation") {
    return (
      <>
        <Title path={`/inbox/${entry.conversationId}`}>Conversation on {entry.siteName}</Title>
        <Detail>
          {entry.status === "open" ? "Open" : "Ended"} · {counted(entry.messages, "message", "messages")}
          {entry.assigneeName && ` · ${entry.assigneeName}`}
        </Detail>
      </>
    );
  }
  if (entry.kind === "note") {
    return (
      <>
        <p class="timeline-text" dir="auto">
          {entry.text}
        </p>
        <Detail>Note by {entry.authorName}</Detail>
      </>
    );
  }
  if (entry.kind === "call") {
    return (
      <>
        <Title path={null}>{callWords(entry)}</Title>
        <Detail>
          {entry.disposition && `${entry.disposition} · `}
          {entry.connection.name}
        </Detail>
      </>
    );
  }
  if (entry.kind === "sync") {
    return (
      <>
        <Title path={`/sync/${entry.runId}`}>{syncTitle(entry)}</Title>
        {entry.reason && <Detail>{entry.reason}</Detail>}
      </>
    );
  }
  if (entry.kind === "import") {
    return (
      <>
        <Title path={isAdmin && entry.runId ? `/imports/crms/${entry.runId}` : null}>
          Import from {entry.connection.name}
        </Title>
        <Detail>{entry.reason}</Detail>
      </>
    );
  }
  if (entry.kind === "file") {
    return (
      <>
        <Title path={isAdmin ? `/imports/files/${entry.batchId}` : null}>
          {entry.made ? "Added" : "Completed"} from {entry.fileName}
        </Title>
        <Detail>Row {entry.line}</Detail>
      </>
    );
  }
  const detail = changeDetail(entry);
  return (
    <>
      <Title path={null}>{changeTitle(entry)}</Title>
      <Detail>
        {detail && `${detail} · `}
        {entry.actorName ?? "Rolodesk"}
      </Detail>
    </>
  );
}

function Title({ path, children }: { path: string | null; children: ComponentChildren }) {
  if (path === null) return <p class="timeline-title">{children}</p>;
  return (
    <a class="timeline-title" href={hrefOf(path)} onClick={followLink} dir="auto">
      {children}
    </a>
  );
}

function Detail({ children }: { children: ComponentChildren }) {
  return (
    <p class="ui-hint" dir="auto">
      {children}
    </p>
  );
}
