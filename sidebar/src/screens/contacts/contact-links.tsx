import type { ContactLink } from "@rolodesk/shared/contact";
import { ExternalLink } from "lucide";
import { Icon } from "../../components/icon.tsx";
import { ProviderMark } from "../../components/provider-mark.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { Tag } from "../../components/tag.tsx";
import { counted } from "../../counted.ts";
import { webAddress } from "../../web-address.ts";

/** The person's records in CRMs, and how each link stands. */
export function ContactLinks({ links }: { links: readonly ContactLink[] }) {
  return (
    <section class="contact-card" aria-labelledby="contact-links">
      <h2 id="contact-links">In CRMs</h2>
      {links.length === 0 && <p class="log-none">In no CRM yet.</p>}
      <ul class="contact-links">
        {links.map((link) => (
          <LinkItem key={link.id} link={link} />
        ))}
      </ul>
    </section>
  );
}

function LinkItem({ link }: { link: ContactLink }) {
  const url = link.url === null ? null : webAddress(link.url);
  return (
    <li>
      <ProviderMark provider={link.connection.provider} />
      <div class="contact-link">
        <p class="contact-link-name">
          <span dir="auto">{link.connection.name}</span>
          {link.state === "closed" && <Tag tone="plain">Closed</Tag>}
          {link.connection.status === "needs_reconnect" && <Tag tone="danger">Needs to reconnect</Tag>}
          {link.pendingConflicts > 0 && (
            <Tag tone="amber">{counted(link.pendingConflicts, "conflict", "conflicts")}</Tag>
          )}
        </p>
        <p class="ui-hint" dir="auto">
          {link.closedReason ?? link.matchedReason}
        </p>
        <p class="ui-hint">
          {link.object} {link.externalId} · synced <RelativeTime at={link.lastSyncedAt} />
        </p>
        {url && (
          <a class="ui-link" href={url} target="_blank" rel="noreferrer noopener">
            Open the record <Icon node={ExternalLink} />
          </a>
        )}
      </div>
    </li>
  );
}
