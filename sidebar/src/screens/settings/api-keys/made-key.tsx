import type { MadeApiKey } from "@rolodesk/shared/api-key";
import { X } from "lucide";
import { IconButton } from "../../../components/button.tsx";
import { CopyButton } from "../../../components/copy-button.tsx";

export function MadeKey({ made, onClose }: { made: MadeApiKey; onClose: () => void }) {
  return (
    <section class="settings-card settings-secret" aria-label="The new key" role="status">
      <header class="settings-card-head">
        <h3>Copy this key now</h3>
        <IconButton node={X} label="Hide the key" onClick={onClose} />
      </header>
      <p class="ui-hint">It is not shown again. Whoever has it can use it: keep it like a password.</p>
      <pre class="settings-code">{made.secret}</pre>
      <div class="ui-row">
        <CopyButton text={made.secret} what="key" />
      </div>
    </section>
  );
}
