import { X } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { IconButton } from "../../components/button.tsx";
import { CopyButton } from "../../components/copy-button.tsx";

interface ShownOnceProps {
  title: string;
  /** "key", "link": what is copied. */
  what: string;
  about: string;
  text: string;
  onClose: () => void;
}

/** Something secret that the server does not give out again. It has the focus at first, and gives it back when it is hidden. */
export function ShownOnce({ title, what, about, text, onClose }: ShownOnceProps) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    card.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [text]);
  return (
    <section class="settings-card settings-secret" aria-label={title} tabIndex={-1} ref={card}>
      <header class="settings-card-head">
        <h3 dir="auto">{title}</h3>
        <IconButton node={X} label={`Hide the ${what}`} onClick={onClose} />
      </header>
      <p class="ui-hint">{about}</p>
      <pre class="settings-code">{text}</pre>
      <div class="ui-row">
        <CopyButton text={text} what={what} />
      </div>
    </section>
  );
}
