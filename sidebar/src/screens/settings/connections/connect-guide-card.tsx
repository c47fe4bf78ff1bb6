import type { ConnectGuide } from "@rolodesk/shared/connection";
import { ExternalLink } from "lucide";
import { CopyButton } from "../../../components/copy-button.tsx";
import { Icon } from "../../../components/icon.tsx";

interface GuideProps {
  providerName: string;
  guide: ConnectGuide;
  /** To be entered at the vendor; null where nothing is sent back. */
  redirectUrl: string | null;
}

/** What to create at the vendor before there is something to enter here. */
export function ConnectGuideCard({ providerName, guide, redirectUrl }: GuideProps) {
  return (
    <section class="settings-card" aria-labelledby="guide-title">
      <h3 id="guide-title">In {providerName}</h3>
      <ol class="connect-steps">
        {guide.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {guide.scopes.length > 0 && (
        <>
          <h4>Scopes to tick</h4>
          <pre class="settings-code">{guide.scopes.join("\n")}</pre>
          <div class="ui-row">
            <CopyButton text={guide.scopes.join(" ")} what="scopes" />
          </div>
        </>
      )}
      {redirectUrl && (
        <>
          <h4>Redirect URL</h4>
          <pre class="settings-code">{redirectUrl}</pre>
          <div class="ui-row">
            <CopyButton text={redirectUrl} what="redirect URL" />
          </div>
        </>
      )}
      <div class="ui-row">
        {guide.links.map(({ label, url }) => (
          <a key={url} class="ui-link" href={url} target="_blank" rel="noreferrer">
            {label} <Icon node={ExternalLink} />
          </a>
        ))}
      </div>
    </section>
  );
}
