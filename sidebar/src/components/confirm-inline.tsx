import { useRef, useState } from "preact/hooks";
import { focusWhenShown } from "../focus-when-shown.ts";
import { Button } from "./button.tsx";

interface ConfirmInlineProps {
  /** The button before it is asked. */
  label: string;
  question: string;
  confirmLabel: string;
  onConfirm: () => void;
  busy?: boolean;
  danger?: boolean;
  small?: boolean;
  /** As a plain word until it is pressed, where every row has one. */
  quiet?: boolean;
}

/** A button that asks once more in its own place, so that nothing covers the page. Esc is no; the button has the focus again. */
export function ConfirmInline(props: ConfirmInlineProps) {
  const [asking, setAsking] = useState(false);
  const wasAsked = useRef(false);
  wasAsked.current ||= asking;

  if (!asking) {
    return (
      <Button
        small={props.small}
        look={props.quiet ? "quiet" : props.danger ? "danger" : "outline"}
        busy={props.busy}
        takesFocus={wasAsked.current}
        onClick={() => setAsking(true)}
      >
        {props.label}
      </Button>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame and take no focus
    <div
      class="ui-confirm"
      role="group"
      aria-label={props.question}
      tabIndex={-1}
      ref={focusWhenShown}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        setAsking(false);
      }}
    >
      <p>{props.question}</p>
      <div class="ui-row">
        <Button
          small
          look={props.danger ? "danger" : "outline"}
          onClick={() => {
            setAsking(false);
            props.onConfirm();
          }}
        >
          {props.confirmLabel}
        </Button>
        <Button small look="quiet" onClick={() => setAsking(false)}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
