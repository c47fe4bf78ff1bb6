import { X } from "lucide";
import { IconButton } from "../../../components/button.tsx";
import { CopyButton } from "../../../components/copy-button.tsx";

export function MadeSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <section class="settings-card settings-secret" aria-label="The webhook's secret" role="status">
      <header class="settings-card-head">
        <h3>Copy this secret now</h3>
        <IconButton node={X} label="Hide the secret" onClick={onClose} />
      </header>
      <p class="ui-hint">It is not shown again. With it your program verifies that a delivery comes from here.</p>
      <pre class="settings-code">{secret}</pre>
      <div class="ui-row">
        <CopyButton text={secret} what="secret" />
      </div>
    </section>
  );
}
