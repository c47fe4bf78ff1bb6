import type { ComponentChildren } from "preact";

/** Says beside a form's button that what is shown was saved. */
export function SavedNote({ saved, children = "Saved." }: { saved: boolean; children?: ComponentChildren }) {
  return (
    <span class="settings-saved" role="status">
      {saved && children}
    </span>
  );
}
