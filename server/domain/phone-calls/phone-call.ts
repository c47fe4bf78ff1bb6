import type {
  DispositionSource,
  EngagementLevel,
  PhoneCallDirection,
  PhoneCallStatus,
} from "@rolodesk/shared/vocabulary";

/** How a call ended, in lower case, who says so, and when they did. */
export interface ToldDisposition {
  readonly value: string;
  readonly source: DispositionSource;
  readonly at: Date;
}

/** What is known of a telephone call. Null is "not told yet". */
export interface PhoneCallState {
  /** The CRM's id of the person's record. */
  readonly recordId: string | null;
  readonly direction: PhoneCallDirection | null;
  /** The person's number, as it was told. */
  readonly phone: string | null;
  readonly status: PhoneCallStatus | null;
  readonly startedAt: Date | null;
  readonly durationSeconds: number | null;
  readonly transcript: string | null;
  readonly recordingUrl: string | null;
  readonly disposition: ToldDisposition | null;
}

/** What one delivery tells of a call. Others may tell the same, or the rest of it, before or after. */
export interface PhoneCallHit extends PhoneCallState {
  /** The CRM's id of the call. */
  readonly externalId: string;
  /** Set where the CRM's own log of calls may know it by another id. */
  readonly isUnknownToLog?: boolean;
}

/** What a language model made of a transcript. */
export interface ModelReading {
  readonly summary: string;
  readonly disposition: string;
  readonly engagement: EngagementLevel;
  readonly nextFollowUpAt: Date | null;
}
