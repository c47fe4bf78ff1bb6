import { type EmailKey, parseEmail } from "../identity/email.ts";
import { type PhoneKey, parsePhone } from "../identity/phone.ts";

export interface ContactKeys {
  readonly email: EmailKey | null;
  readonly phone: PhoneKey | null;
}

interface Typed {
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
}

/**
 * The keys in what somebody typed. `countries`: those of the sites served; a number without one is only read where there is
 * exactly one, because to guess among several would make it another person's.
 */
export function contactKeys({ email, phone }: Typed, countries: readonly string[]): ContactKeys {
  const [country = null, ...others] = countries;
  return {
    email: email ? parseEmail(email) : null,
    phone: phone ? parsePhone(phone, others.length === 0 ? [country] : []) : null,
  };
}
