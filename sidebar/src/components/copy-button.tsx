import { Check, Copy } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { Button, IconButton } from "./button.tsx";

const SHOWN_MS = 2000;

function useCopied(): [state: "idle" | "copied" | "refused", copy: (text: string) => Promise<void>] {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  async function copy(text: string): Promise<void> {
    setState(await writeClipboard(text));
  }
  return [state, copy];
}

/** Browsers refuse the clipboard without TLS or permission; the reader then selects the text by hand. */
async function writeClipboard(text: string): Promise<"copied" | "refused"> {
  if (!navigator.clipboard) return "refused";
  return navigator.clipboard.writeText(text).then(
    () => "copied",
    () => "refused",
  );
}

const WORDS = { idle: "", copied: "Copied", refused: "The browser refused to copy. Select the text instead." };

/** Copies `text`; `what` names it, e.g. "email". */
export function CopyIcon({ text, what }: { text: string; what: string }) {
  const [state, copy] = useCopied();
  const label = state === "idle" ? `Copy ${what}` : WORDS[state];
  return (
    <>
      <IconButton small node={state === "copied" ? Check : Copy} label={label} onClick={() => void copy(text)} />
      <span class="ui-sr" aria-live="polite">
        {WORDS[state]}
      </span>
    </>
  );
}

export function CopyButton({ text, what }: { text: string; what: string }) {
  const [state, copy] = useCopied();
  return (
    <>
      <Button icon={state === "copied" ? Check : Copy} onClick={() => void copy(text)}>
        {state === "copied" ? "Copied" : `Copy ${what}`}
      </Button>
      <span class={state === "refused" ? "ui-hint" : "ui-sr"} aria-live="polite">
        {WORDS[state]}
      </span>
    </>
  );
}
