import { RotateCw } from "lucide";
import type { ComponentChildren } from "preact";
import { Button } from "./button.tsx";

/** Grey lines where text will stand, shown after 300 ms so that a fast answer does not flash. */
export function Skeleton({ lines, label }: { lines: number; label: string }) {
  return (
    <div class="ui-skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, index) => (
        <span class="ui-skeleton-line" key={index} />
      ))}
    </div>
  );
}

/** What went wrong in words, and a way to try again. */
export function ErrorCard({ message, onRetry }: { message: string; onRetry?: () => void }) {
  return (
    <div class="ui-error-card" role="alert">
      <p>{message}</p>
      {onRetry && (
        <Button small icon={RotateCw} onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** One sentence and one action. */
export function EmptyState({ children, action }: { children: ComponentChildren; action?: ComponentChildren }) {
  return (
    <div class="ui-empty">
      <p>{children}</p>
      {action}
    </div>
  );
}

/** In the place of something that does not exist, or not for this reader: nothing of it is left to name the page by. */
export function Gone({ children, action }: { children: ComponentChildren; action?: ComponentChildren }) {
  return (
    <div class="ui-empty">
      <h1 class="ui-empty-title">Not found</h1>
      <p>{children}</p>
      {action}
    </div>
  );
}
