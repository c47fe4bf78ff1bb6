import type { ComponentChildren } from "preact";
import { TextField } from "../components/field.tsx";

interface PasswordFieldProps {
  label: string;
  /** `new`: one that is chosen here. */
  kind: "current" | "new";
  value: string;
  onValue: (value: string) => void;
  hint?: ComponentChildren;
  error: string | undefined;
  autofocus?: boolean;
}

export function PasswordField({ kind, hint, ...field }: PasswordFieldProps) {
  const rule = kind === "new" ? "At least 12 characters." : null;
  return (
    <TextField
      {...field}
      type="password"
      autocomplete={`${kind}-password`}
      required
      hint={
        (rule || hint) && (
          <>
            {rule} {hint}
          </>
        )
      }
    />
  );
}
