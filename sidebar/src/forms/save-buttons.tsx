import { Button } from "../components/button.tsx";
import type { FormSend } from "./use-form-send.ts";

interface SaveButtonsProps {
  form: FormSend;
  label?: string;
  look?: "solid" | "outline";
  saved: boolean;
  savedWords?: string;
}

/** Saves, and says when that is done. */
export function SaveButtons({ form, label = "Save", look = "solid", saved, savedWords = "Saved." }: SaveButtonsProps) {
  return (
    <>
      <Button type="submit" look={look} busy={form.busy}>
        {label}
      </Button>
      <span class="settings-saved" role="status">
        {saved && savedWords}
      </span>
    </>
  );
}
