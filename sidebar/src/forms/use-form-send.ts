import { useState } from "preact/hooks";
import { ApiFailure } from "../api.ts";

export interface FormSend {
  busy: boolean;
  /** The refusal that belongs to no single input. */
  problem: string | null;
  /** Input → what is wrong with it. */
  fields: Readonly<Record<string, string>>;
  send: () => void;
}

/** Sends a form once at a time and keeps the server's refusal, at the inputs it names. */
export function useFormSend(submit: () => Promise<void>): FormSend {
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
  const problem = failure && Object.keys(fields).length === 0 ? failure.message : null;
  return { busy, problem, fields, send: () => void (busy || run()) };
}
