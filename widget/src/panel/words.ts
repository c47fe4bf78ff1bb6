interface Words {
  open: string;
  close: string;
  unread: string;
  dismiss: string;
  chat: string;
}

const EN: Words = { open: "Open chat", close: "Close chat", unread: "unread", dismiss: "Dismiss", chat: "Chat" };
const OTHERS: Record<string, Words> = {
  de: {
    open: "Chat öffnen",
    close: "Chat schließen",
    unread: "ungelesen",
    dismiss: "Ausblenden",
    chat: "Chat",
  },
  es: { open: "Abrir el chat", close: "Cerrar el chat", unread: "sin leer", dismiss: "Descartar", chat: "Chat" },
  ar: {
    open: "فتح المحادثة",
    close: "إغلاق المحادثة",
    unread: "غير مقروءة",
    dismiss: "إخفاء",
    chat: "محادثة",
  },
};

/** The panel's words beside the frame. @param language BCP 47 */
export function panelWords(language: string): Words {
  return OTHERS[language.slice(0, 2).toLowerCase()] ?? EN;
}
