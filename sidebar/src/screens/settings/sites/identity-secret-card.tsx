import type { Site } from "@rolodesk/shared/site";
import { useState } from "preact/hooks";
import { failureText } from "../../../api.ts";
import { Button } from "../../../components/button.tsx";
import { ConfirmInline } from "../../../components/confirm-inline.tsx";
import { CopyButton } from "../../../components/copy-button.tsx";
import { Refusal } from "../../../components/refusal.tsx";
import { deleteIdentitySecret, postIdentitySecret } from "../../../endpoints/settings.ts";

/** How the website's own server signs who is logged in there. */
function signingSample(siteKey: string): string {
  return `import { SignJWT } from "jose";

const secret = new TextEncoder().encode(process.env.ROLODESK_IDENTITY_SECRET);

export function signIdentity(user) {
  return new SignJWT({ email: user.email, given_name: user.firstName, family_name: user.lastName })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(user.id)
    .setAudience("${siteKey}")
    .setIssuedAt()
    .setExpirationTime("1h") // 12 hours at most
    .sign(secret);
}`;
}

interface CardProps {
  site: Site;
  onChanged: (hasIdentitySecret: boolean) => void;
}

/** Makes, replaces and removes the secret. It is shown once, when it is made. */
export function IdentitySecretCard({ site, onChanged }: CardProps) {
  const [secret, setSecret] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function attempt(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  }
  function make(): void {
    void attempt(async () => {
      setSecret((await postIdentitySecret(site.id)).secret);
      onChanged(true);
    });
  }
  function remove(): void {
    void attempt(async () => {
      await deleteIdentitySecret(site.id);
      setSecret(null);
      onChanged(false);
    });
  }
  return (
    <section class="settings-card" aria-labelledby="secret-title">
      <h3 id="secret-title">Signed identity</h3>
      <p class="ui-hint">
        With a secret, your website’s server can sign who is logged in there. Those visitors are verified; everybody
        else only claims who they are.
      </p>
      {secret && <SecretOnce secret={secret} />}
      <Refusal problem={problem} />
      <div class="ui-row">
        {site.hasIdentitySecret ? (
          <>
            <ConfirmInline
              label="Replace the secret"
              question="Tokens signed with the old secret are refused at once. Change it on your server right after."
              confirmLabel="Replace"
              busy={busy}
              onConfirm={make}
            />
            <ConfirmInline
              danger
              label="Remove"
              question="Nobody can be verified by your website any more."
              confirmLabel="Remove the secret"
              busy={busy}
              onConfirm={remove}
            />
          </>
        ) : (
          <Button busy={busy} onClick={make}>
            Create a secret
          </Button>
        )}
      </div>
      <SigningHelp siteKey={site.key} />
    </section>
  );
}

function SecretOnce({ secret }: { secret: string }) {
  return (
    <div class="settings-secret" role="status">
      <p>
        <strong>Copy it now. It is not shown again.</strong>
      </p>
      <pre class="settings-code">{secret}</pre>
      <div class="ui-row">
        <CopyButton text={secret} what="secret" />
      </div>
    </div>
  );
}

function SigningHelp({ siteKey }: { siteKey: string }) {
  const sample = signingSample(siteKey);
  return (
    <details class="settings-details">
      <summary>How to sign, on your server</summary>
      <pre class="settings-code">{sample}</pre>
      <p class="ui-hint">
        Then, on the page: <code>Rolodesk.identify(token)</code>. The secret never leaves your server.
      </p>
      <div class="ui-row">
        <CopyButton text={sample} what="sample" />
      </div>
    </details>
  );
}
