import { X } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { IconButton } from "./button.tsx";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  /** `wide`: for two things side by side. */
  look?: "plain" | "wide" | "palette";
}

/** A modal dialog. The browser keeps the focus inside, Esc closes, and focus returns to where it was. */
export function Dialog({ title, onClose, children, look = "plain" }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop is a second way; Esc is the keyboard's
    <dialog
      ref={element}
      class={`ui-dialog ui-dialog-${look}`}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div class="ui-dialog-body">
        <header class={look === "palette" ? "ui-sr" : "ui-dialog-header"}>
          <h2 id={titleId}>{title}</h2>
          {look !== "palette" && (
            <IconButton node={X} label="Close" shortcut="Esc" onClick={() => element.current?.close()} />
          )}
        </header>
        {children}
      </div>
    </dialog>
  );
}
