import type { ContactDetail } from "@rolodesk/shared/contact";
import { Mail, Phone } from "lucide";
import { CopyIcon } from "../../components/copy-button.tsx";
import { Icon } from "../../components/icon.tsx";
import { IdentityTag, Tag } from "../../components/tag.tsx";
import { KEY_SOURCE_WORDS } from "./contact-words.ts";

/** Every email and phone number, how sure each is, and where it came from. */
export function ContactKeys({ contact: { identities } }: { contact: ContactDetail }) {
  return (
    <section class="contact-card" aria-labelledby="contact-keys">
      <h2 id="contact-keys">Emails and phones</h2>
      {identities.length === 0 && <p class="log-none">None is known.</p>}
      <ul class="identity-list">
        {identities.map((identity) => (
          <li class="contact-key" key={identity.id}>
            <span class="identity-item">
              <Icon node={identity.kind === "email" ? Mail : Phone} />
              <span class="identity-value" title={identity.value}>
                {identity.value}
              </span>
              <SureTag identity={identity} />
              <CopyIcon text={identity.value} what={identity.kind} />
            </span>
            <span class="ui-hint">
              {identity.main && "Main one, "}
              {KEY_SOURCE_WORDS[identity.source]}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Only what a visitor typed is a claim; what a CRM or a file has is nobody's word, and no proof either. */
function SureTag({ identity: { verifiedAt, source } }: { identity: ContactDetail["identities"][number] }) {
  if (verifiedAt) return <IdentityTag state="verified" />;
  return source === "visitor" || source === "signed" ? (
    <IdentityTag state="claimed" />
  ) : (
    <Tag tone="plain">Unverified</Tag>
  );
}
