import { showToast } from "../../toasts.ts";

const MARK_MS = 1600;

/** Brings a message of the open thread into view and marks it for a moment. */
export function scrollToMessage(seq: number): void {
  const bubble = document.getElementById(`message-${seq}`);
  if (!bubble) {
    showToast("That message is further up. Scroll up to load older messages.");
    return;
  }
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  bubble.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  bubble.classList.add("thread-bubble-marked");
  setTimeout(() => bubble.classList.remove("thread-bubble-marked"), MARK_MS);
}
