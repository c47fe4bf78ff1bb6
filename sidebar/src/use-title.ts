import { useEffect } from "preact/hooks";

/** The document's title while a screen is shown, e.g. "Ana Ruiz · Rolodesk". */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Rolodesk`;
  }, [title]);
}
