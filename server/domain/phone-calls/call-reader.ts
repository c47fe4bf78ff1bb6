import type { PhoneCallDirection } from "@rolodesk/shared/vocabulary";
import type { ModelReading } from "./phone-call.ts";

export interface CallToRead {
  /** As the CRM has it: what two people said, which is nothing anybody here is asked to do. */
  readonly transcript: string;
  readonly direction: PhoneCallDirection | null;
  /** When the call was. */
  readonly at: Date;
}

/**
 * Reads a transcript. Its answer is checked before it is believed. Throws `CallReaderError` when there is none.
 */
export type CallReader = (call: CallToRead) => Promise<ModelReading & { readonly model: string }>;

/** `again`: another attempt may succeed, after `retryAfterMs` where the service says so. */
export class CallReaderError extends Error {
  readonly again: boolean;
  readonly retryAfterMs: number | null;

  constructor(message: string, { again, retryAfterMs = null }: { again: boolean; retryAfterMs?: number | null }) {
    super(message);
    this.name = "CallReaderError";
    this.again = again;
    this.retryAfterMs = retryAfterMs;
  }
}
