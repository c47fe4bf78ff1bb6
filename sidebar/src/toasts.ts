import { signal } from "@preact/signals";

interface Toast {
  id: number;
  text: string;
  tone: "plain" | "danger";
  action: { label: string; run: () => void } | null;
}

/** Long enough to read and to undo. */
const SHOWN_MS = 7000;

export const toasts = signal<readonly Toast[]>([]);
let nextId = 1;

export function showToast(text: string, options: Partial<Pick<Toast, "tone" | "action">> = {}): void {
  const toast: Toast = { id: nextId, text, tone: options.tone ?? "plain", action: options.action ?? null };
  nextId += 1;
  toasts.value = [...toasts.value.slice(-2), toast];
  setTimeout(() => dismissToast(toast.id), SHOWN_MS);
}

export function dismissToast(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
