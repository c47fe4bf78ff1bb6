const OPEN: Record<string, string> = { de: "Chat öffnen", es: "Abrir el chat", ar: "فتح المحادثة" };

/** BCP 47 tag of the page's language, else the browser's. */
export function pageLanguage(): string {
  return (document.documentElement.lang || navigator.language).slice(0, 40);
}

export function openLabel(language: string): string {
  return OPEN[language.slice(0, 2).toLowerCase()] ?? "Open chat";
}

export function isRightToLeft(language: string): boolean {
  return /^ar\b/i.test(language);
}
