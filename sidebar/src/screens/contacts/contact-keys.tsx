import type { ContactDetail } from "@rolodesk/shared/contact";
import { Mail, Phone } from "lucide";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { ConfirmInline } from "../../components/confirm-inline.tsx";
import { CopyIcon } from "../../components/copy-button.tsx";
import { Icon } from "../../components/icon.tsx";
import { IdentityTag, Tag } from "../../components/tag.tsx";
import { showToast } from "../../toasts.ts";
import { KEY_SOURCE_WORDS } from "./contact-words.ts";

interface ContactKeysProps {
  contact: ContactDetail;
  onRemove: (keyId: string) => Promise<void>;
}

/** Every email and phone number, how sure each is, and where it came from. */
export function ContactKeys({ contact: { identities }, onRemove }: ContactKeysProps) {
  return (
    <section class="contact-card" aria-labelledby="contact-keys">
      <h2 id="contact-keys">Emails and phones</h2>
      {identities.length === 0 && <p class="log-none">None is known.</p>}
      <ul class="identity-list">
        {identities.toSorted(mainFirst).map((identity) => (
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
            <RemoveKey value={identity.value} onRemove={() => onRemove(identity.id)} />
          </li>
        ))}
      </ul>
      <p class="ui-hint">
        What you enter below counts as verified. What a visitor types is claimed until somebody verifies it.
      </p>
    </section>
  );
}

type Identity = ContactDetail["identities"][number];

function mainFirst(a: Identity, b: Identity): number {
  return a.kind.localeCompare(b.kind) || Number(b.main) - Number(a.main);
}

interface RemoveKeyProps {
  value: string;
  onRemove: () => Promise<void>;
}

function RemoveKey({ value, onRemove }: RemoveKeyProps) {
  const [busy, setBusy] = useState(false);
  async function remove(): Promise<void> {
    setBusy(true);
    try {
      await onRemove();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
      setBusy(false);
    }
  }
  return (
    <ConfirmInline
      small
      quiet
      danger
      label="Remove"
      question={`Remove ${value}? Nobody is found by it any more. CRMs keep it, and an import that reads it there adds it again.`}
      confirmLabel="Remove it"
      onConfirm={() => void remove()}
      busy={busy}
    />
  );
}

/** Only what a visitor typed is a claim; what a CRM or a file has is nobody's word, and no proof either. */
function SureTag({ identity: { verifiedAt, source } }: { identity: Identity }) {
  if (verifiedAt) return <IdentityTag state="verified" />;
  return source === "visitor" || source === "signed" ? (
    <IdentityTag state="claimed" />
  ) : (
    <Tag tone="plain">Unverified</Tag>
  );
}
