import type { ConversationDetail } from "@rolodesk/shared/conversation";
import { Mail, Phone } from "lucide";
import { useState } from "preact/hooks";
import { Avatar } from "../../components/avatar.tsx";
import { ConfirmInline } from "../../components/confirm-inline.tsx";
import { CopyIcon } from "../../components/copy-button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Refusal } from "../../components/refusal.tsx";
import { IdentityTag, Tag } from "../../components/tag.tsx";
import { followLink, hrefOf } from "../../router.ts";
import { webAddress } from "../../web-address.ts";
import { verifyPerson } from "../conversation/conversation-actions.ts";
import type { OpenConversation } from "../conversation/conversation-store.ts";
import { DoNotContact } from "./do-not-contact.tsx";
import { valueText } from "./shown-value.ts";

const WHAT_VERIFYING_MEANS =
  "You give your word that this person is who they claim to be, for example because you know them or called them back. " +
  "Their values may then be written to CRMs that accept only verified people.";

/** Who this is, as far as we know, and how sure we are of each part. */
export function IdentityCard({ conversation, detail }: { conversation: OpenConversation; detail: ConversationDetail }) {
  const { contact, person } = detail;
  const role = [contact.title, contact.company].filter((part) => part !== null).join(", ");
  return (
    <section class="identity" aria-label="Who this is">
      <div class="identity-head">
        <Avatar label={person.label} size={48} />
        <div class="identity-names">
          <h2 class="ui-clamp" title={person.label}>
            {contact.id === null ? (
              person.label
            ) : (
              <a class="identity-link" href={hrefOf(`/contacts/${contact.id}`)} onClick={followLink}>
                {person.label}
              </a>
            )}
          </h2>
          {role !== "" && <p class="identity-role ui-clamp">{role}</p>}
          {contact.identities.length === 0 && <IdentityTag state={person.identity} />}
        </div>
      </div>
      {contact.identities.length > 0 && (
        <ul class="identity-list">
          {contact.identities.map((identity) => (
            <li class="identity-item" key={`${identity.kind}${identity.value}`}>
              <Icon node={identity.kind === "email" ? Mail : Phone} />
              <span class="identity-value" title={`${identity.value} (${identity.source})`}>
                {identity.value}
              </span>
              <SourceTag identity={identity} />
              <CopyIcon text={identity.value} what={identity.kind} />
            </li>
          ))}
        </ul>
      )}
      <DoNotContact channels={contact.doNotContact} />
      {person.identity === "claimed" && <VerifyAction conversation={conversation} />}
      <Visit detail={detail} />
    </section>
  );
}

/** Who typed it counts only where the person did; a CRM's record is nobody's claim, and no proof either. */
function SourceTag({
  identity: { verifiedAt, source },
}: {
  identity: ConversationDetail["contact"]["identities"][number];
}) {
  if (!verifiedAt && source === "crm") {
    return (
      <Tag tone="plain" title="Imported from a CRM. Nobody has verified it here.">
        From CRM
      </Tag>
    );
  }
  return <IdentityTag state={verifiedAt ? "verified" : "claimed"} />;
}

function VerifyAction({ conversation }: { conversation: OpenConversation }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function verify(): Promise<void> {
    setBusy(true);
    setProblem(await verifyPerson(conversation));
    setBusy(false);
  }
  return (
    <div>
      <ConfirmInline
        small
        label="Verify this person"
        question={WHAT_VERIFYING_MEANS}
        confirmLabel="I give my word"
        busy={busy}
        onConfirm={() => void verify()}
      />
      <Refusal problem={problem} />
    </div>
  );
}

function Visit({ detail }: { detail: ConversationDetail }) {
  const attributes = Object.entries(detail.attributes);
  const page = detail.page;
  const url = page && webAddress(page.url);
  if (!page && attributes.length === 0) return null;
  return (
    <dl class="identity-facts">
      {page && (
        <div>
          <dt>Page</dt>
          <dd class="ui-clamp" title={page.url}>
            {url ? (
              <a class="ui-link" href={url} target="_blank" rel="noreferrer noopener">
                {page.title === "" ? page.url : page.title}
              </a>
            ) : (
              page.title
            )}
          </dd>
        </div>
      )}
      {attributes.map(([name, value]) => (
        <div key={name}>
          <dt title={`${name}: said by the website, not verified`}>{name}</dt>
          <dd class="ui-clamp">{valueText(value) ?? "Empty"}</dd>
        </div>
      ))}
    </dl>
  );
}
