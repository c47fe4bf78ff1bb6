import type { IconNode } from "lucide";
import type { ComponentChildren } from "preact";
import { focusWhenShown } from "../focus-when-shown.ts";
import { Icon } from "./icon.tsx";

interface ButtonProps {
  children: ComponentChildren;
  onClick?: (event: MouseEvent) => void;
  /** One "solid" button per view at most. */
  look?: "solid" | "outline" | "quiet" | "danger";
  small?: boolean;
  type?: "button" | "submit";
  icon?: IconNode;
  trailingIcon?: IconNode;
  /** Keeps its place and width while something is under way. */
  busy?: boolean;
  disabled?: boolean;
  title?: string;
  label?: string;
  /** Has the focus as soon as it stands there. */
  takesFocus?: boolean;
}

export function Button(props: ButtonProps) {
  const { look = "outline", type = "button", busy = false, disabled = false } = props;
  return (
    <button
      ref={props.takesFocus ? focusWhenShown : undefined}
      type={type}
      class={`ui-button ui-button-${look}${props.small ? " ui-button-small" : ""}`}
      onClick={busy ? undefined : props.onClick}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      title={props.title}
      aria-label={props.label}
    >
      {busy ? <span class="ui-spinner" /> : props.icon && <Icon node={props.icon} />}
      <span>{props.children}</span>
      {props.trailingIcon && <Icon node={props.trailingIcon} />}
    </button>
  );
}

interface IconButtonProps {
  node: IconNode;
  /** Its name for screen readers, and its tooltip. */
  label: string;
  shortcut?: string;
  onClick: (event: MouseEvent) => void;
  pressed?: boolean;
  expanded?: boolean;
  disabled?: boolean;
  small?: boolean;
}

export function IconButton(props: IconButtonProps) {
  return (
    <button
      type="button"
      class={`ui-icon-button${props.small ? " ui-icon-button-small" : ""}`}
      aria-label={props.label}
      title={props.shortcut ? `${props.label} (${props.shortcut})` : props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Icon node={props.node} size={props.small ? 16 : 20} />
    </button>
  );
}
