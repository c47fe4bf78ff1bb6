import { X } from "lucide";
import { dismissToast, toasts } from "../toasts.ts";
import { Button, IconButton } from "./button.tsx";

export function ToastList() {
  return (
    <div class="ui-toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <div class={`ui-toast ui-toast-${toast.tone}`} key={toast.id}>
          <p>{toast.text}</p>
          {toast.action && (
            <Button
              small
              look="quiet"
              onClick={() => {
                toast.action?.run();
                dismissToast(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton small node={X} label="Dismiss" onClick={() => dismissToast(toast.id)} />
        </div>
      ))}
    </div>
  );
}
