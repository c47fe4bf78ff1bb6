import { MessageCircle } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../components/icon.tsx";
import { isColor, textOn } from "./contrast.ts";

const ENOUGH = 4.5;

/** How the launcher and a visitor's bubble look in this colour. */
export function LauncherPreview({ accent, greeting }: { accent: string; greeting: string }) {
  const element = useRef<HTMLDivElement>(null);
  const text = isColor(accent) ? textOn(accent) : null;
  useEffect(() => {
    if (!text) return;
    element.current?.style.setProperty("--preview-accent", accent);
    element.current?.style.setProperty("--preview-text", text.color);
  }, [accent, text?.color]);
  return (
    <div class="preview" ref={element}>
      <div class="preview-page" aria-hidden="true">
        <p class="preview-greeting">{greeting}</p>
        <p class="preview-bubble">Do you ship to Spain?</p>
        <span class="preview-launcher">
          <Icon node={MessageCircle} size={20} />
        </span>
      </div>
      <p class="ui-hint" role="status">
        {text
          ? `${text.name} text on this colour: contrast ${text.ratio.toFixed(1)} to 1${text.ratio < ENOUGH ? ", hard to read" : ""}.`
          : "Write a colour such as #1d6b5f."}
      </p>
    </div>
  );
}
