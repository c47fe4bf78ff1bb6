import { Dialog } from "../components/dialog.tsx";
import { SHORTCUTS } from "../keys.ts";

export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl class="help-list">
        {SHORTCUTS.map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="ui-hint">Letters work while you are not writing. On a Mac, use ⌘ in place of Ctrl.</p>
    </Dialog>
  );
}
