import { X } from "lucide";
import { IconButton } from "../../../components/button.tsx";
import { CopyButton } from "../../../components/copy-button.tsx";
import type { ShownLink } from "./users-page.tsx";

export function ResetLink({ shown, onClose }: { shown: ShownLink; onClose: () => void }) {
  return (
    <section class="settings-card settings-secret" aria-label="Link to choose a password" role="status">
      <header class="settings-card-head">
        <h3>Give this link to {shown.name}</h3>
        <IconButton node={X} label="Hide the link" onClick={onClose} />
      </header>
      <p class="ui-hint">With it, {shown.name} chooses a password. It works once and is not shown again.</p>
      <pre class="settings-code">{shown.link}</pre>
      <div class="ui-row">
        <CopyButton text={shown.link} what="link" />
      </div>
    </section>
  );
}
