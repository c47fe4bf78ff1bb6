import { useState } from "preact/hooks";
import { ApiFailure } from "../api.ts";

export interface FormSend {
  busy: boolean;
  /** The refusal as a whole, when not all of it can be shown at an input. */
  problem: string | null;
  /** Input → what is wrong with it. */
  fields: Readonly<Record<string, string>>;
  send: () => void;
}

/**
 * Sends a form once at a time and keeps the server's refusal. `inputs` names what the form shows errors at, `name` or
 * `credentials.token`; anything refused outside of them is told as a whole, so that no refusal is silent.
 */
export function useFormSend(inputs: readonly string[], submit: () => Promise<void>): FormSend {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  async function run(): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      await submit();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error);
    } finally {
      setBusy(false);
    }
  }
  const fields = failure?.fields ?? {};
  const problem = failure && !isShownAtInputs(fields, inputs) ? failure.message : null;
  return { busy, problem, fields, send: () => void (busy || run()) };
}

/** Whether every refused field has an input that shows it. `fields.3.property` belongs to the input `fields`. */
export function isShownAtInputs(fields: Readonly<Record<string, string>>, inputs: readonly string[]): boolean {
  const paths = Object.keys(fields);
  return paths.length > 0 && paths.every((path) => inputs.some((name) => path === name || path.startsWith(`${name}.`)));
}
