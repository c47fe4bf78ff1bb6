import { CopyButton } from "../../../components/copy-button.tsx";

/** The one line a website needs. */
export function snippetOf(publicUrl: string, siteKey: string): string {
  return `<script async src="${publicUrl.replace(/\/$/, "")}/widget/loader.js" data-site="${siteKey}"></script>`;
}

export function SnippetCard({ publicUrl, siteKey }: { publicUrl: string; siteKey: string }) {
  const snippet = snippetOf(publicUrl, siteKey);
  return (
    <section class="settings-card" aria-labelledby="snippet-title">
      <h3 id="snippet-title">Put it on the website</h3>
      <p class="ui-hint">Paste this line into every page that shall have the chat, and name the website below.</p>
      <pre class="settings-code">{snippet}</pre>
      <div class="ui-row">
        <CopyButton text={snippet} what="snippet" />
      </div>
    </section>
  );
}
