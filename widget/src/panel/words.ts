export interface PanelWords {
  open: string;
  close: string;
  unread: string;
  dismiss: string;
  chat: string;
  unreachable: string;
  retry: string;
}

const EN: PanelWords = {
  open: "Open chat",
  close: "Close chat",
  unread: "unread",
  dismiss: "Dismiss",
  chat: "Chat",
  unreachable: "The chat cannot be reached just now.",
  retry: "Try again",
};
const OTHERS: Record<string, PanelWords> = {
  de: {
    open: "Chat öffnen",
    close: "Chat schließen",
    unread: "ungelesen",
    dismiss: "Ausblenden",
    chat: "Chat",
    unreachable: "Der Chat ist gerade nicht erreichbar.",
    retry: "Erneut versuchen",
  },
  es: {
    open: "Abrir el chat",
    close: "Cerrar el chat",
    unread: "sin leer",
    dismiss: "Descartar",
    chat: "Chat",
    unreachable: "No se puede acceder al chat en este momento.",
    retry: "Reintentar",
  },
  ar: {
    open: "فتح المحادثة",
    close: "إغلاق المحادثة",
    unread: "غير مقروءة",
    dismiss: "إخفاء",
    chat: "محادثة",
    unreachable: "لا يمكن الوصول إلى المحادثة الآن.",
    retry: "إعادة المحاولة",
  },
};

/** The panel's words beside the frame. @param language BCP 47 */
export function panelWords(language: string): PanelWords {
  return OTHERS[language.slice(0, 2).toLowerCase()] ?? EN;
}
