export interface Recognised {
  field: "email" | "phone";
  value: string;
}

/** Longer words are never an address or a number; looking no further keeps the time linear. */
const MAX_WORD = 254;
const EMAIL = /^[\w.%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}$/i;
const WRAPPING = /^[<("'[]+|[>)"'\].,;:!?]+$/g;

/** A telephone number stands alone: `+` or a digit, then digits with the usual separators. */
const PHONE = /(?<![\w@.+/-])\+?\(?\d[\d ().-]{6,24}\d(?![\w@/-])/g;
const DATE = /^\d{4}[-.]\d{1,2}[-.]\d{1,2}|^\d{1,2}[-.]\d{1,2}[-.]\d{2,4}\b/;
const IP_ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;

/** Emails and telephone numbers in what a visitor wrote, in the order of their kind. */
export function recognise(text: string): Recognised[] {
  return [...findEmails(text), ...findPhones(text)];
}

function findEmails(text: string): Recognised[] {
  return text
    .split(/[\s,;|]+/)
    .filter((word) => word.length <= MAX_WORD && word.includes("@"))
    .map((word) => word.replace(/^mailto:/i, "").replace(WRAPPING, ""))
    .filter((word) => EMAIL.test(word))
    .map((value) => ({ field: "email", value }));
}

/** The server alone judges numbers; this only decides what is worth a question. */
function findPhones(text: string): Recognised[] {
  return (text.match(PHONE) ?? [])
    .map((value) => value.trim())
    .filter((value) => {
      const digits = value.replace(/\D/g, "").length;
      const isInternational = value.startsWith("+");
      if (digits > 15 || digits < (isInternational ? 8 : 9)) return false;
      return !DATE.test(value) && !IP_ADDRESS.test(value);
    })
    .map((value) => ({ field: "phone", value }));
}

/** Whether it looks like an email address; the server has the last word. */
export function looksLikeEmail(value: string): boolean {
  return value.length <= MAX_WORD && EMAIL.test(value);
}

/** Whether it looks like a telephone number typed into a field for one. */
export function looksLikePhone(value: string): boolean {
  const digits = value.replace(/\D/g, "").length;
  return /^\+?[\d ().\-/]*$/.test(value) && digits >= 7 && digits <= 15;
}
