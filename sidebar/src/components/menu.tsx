import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

interface MenuProps {
  /** What the button shows. */
  children: ComponentChildren;
  label: string;
  title?: string;
  buttonClass: string;
  /** Draws the items; `close` returns the focus to the button. */
  items: (close: () => void) => ComponentChildren;
  place?: "below-end" | "beside-end";
  /** Opens from elsewhere, e.g. a shortcut: each new number opens it once. */
  openSignal?: number;
}

/** A button with a list of actions: arrows move, Enter chooses, Esc and a click elsewhere close. */
export function Menu(props: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();

  function close(): void {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  }

  useEffect(() => {
    if (props.openSignal) setOpen(true);
  }, [props.openSignal]);

  useEffect(() => {
    if (!open) return;
    itemsOf(root.current)[0]?.focus();
    function closeOutside(event: PointerEvent): void {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    }
    document.addEventListener("pointerdown", closeOutside);
    return () => document.removeEventListener("pointerdown", closeOutside);
  }, [open]);

  function onKeyDown(event: KeyboardEvent): void {
    if (!open) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
    if (event.key === "Tab") setOpen(false);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const items = itemsOf(root.current);
    const at = items.findIndex((item) => item.matches(":focus"));
    items.at((at + step) % items.length)?.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the button and the items inside
    <div class="ui-menu" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        class={props.buttonClass}
        aria-label={props.label}
        title={props.title ?? props.label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {props.children}
      </button>
      {open && (
        <div class={`ui-menu-list ui-menu-${props.place ?? "below-end"}`} id={id} role="menu" aria-label={props.label}>
          {props.items(close)}
        </div>
      )}
    </div>
  );
}

function itemsOf(root: HTMLElement | null): HTMLElement[] {
  return Array.from(root?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? []);
}

interface MenuItemProps {
  children: ComponentChildren;
  onSelect: () => void;
  /** Given: the item is one of several exclusive choices. */
  checked?: boolean;
}

export function MenuItem({ children, onSelect, checked }: MenuItemProps) {
  const choice =
    checked === undefined ? { role: "menuitem" as const } : { role: "menuitemradio" as const, "aria-checked": checked };
  return (
    <button type="button" class="ui-menu-item" {...choice} tabIndex={-1} onClick={onSelect}>
      {children}
    </button>
  );
}
