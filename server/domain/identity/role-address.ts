/**
 * Local parts that belong to a desk rather than a person. A key like this may show candidates; it never links and never
 * creates by itself.
 */
const ROLE_LOCAL_PARTS = new Set([
  "abuse",
  "accounting",
  "accounts",
  "admin",
  "administrator",
  "all",
  "billing",
  "booking",
  "bookings",
  "contact",
  "customercare",
  "customerservice",
  "do-not-reply",
  "donotreply",
  "enquiries",
  "feedback",
  "hello",
  "help",
  "helpdesk",
  "hostmaster",
  "hr",
  "info",
  "inquiries",
  "invoices",
  "jobs",
  "mail",
  "mailer-daemon",
  "marketing",
  "no-reply",
  "noreply",
  "office",
  "orders",
  "postmaster",
  "press",
  "reception",
  "reservations",
  "root",
  "sales",
  "security",
  "service",
  "shop",
  "support",
  "team",
  "webmaster",
]);

/** Takes the normal form. `sales+eu@…` is a role address too. */
export function isRoleAddress(norm: string): boolean {
  const local = norm.slice(0, norm.lastIndexOf("@"));
  return ROLE_LOCAL_PARTS.has(local.split("+", 1)[0] ?? local);
}

/** A key on this many of our contacts is shared: it no longer tells who somebody is. */
export const SHARED_FROM_CONTACTS = 3;
