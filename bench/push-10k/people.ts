import type { Db } from "../../server/db/client.ts";
import { contact, contactIdentity } from "../../server/db/schema/contact.ts";
import { conversation, fact, visitor } from "../../server/db/schema/conversation.ts";
import { site } from "../../server/db/schema/site.ts";
import { newId } from "../../server/new-id.ts";
import type { Simulator } from "../../server/simulators/kit/simulator.ts";

/** Somebody in a chat that is about to end. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  readonly phone?: string;
}

export interface Chat {
  readonly conversationId: string;
  readonly visitorId: string;
}

const AT_ONCE = 500;

export function personWithEmail(crm: string, index: number): Person {
  return { firstName: "Ana", lastName: `Reyes ${index}`, email: `${crm}-${index}@example.com` };
}

/** Numbers that nobody has; there are a hundred. */
export function personWithPhone(index: number): Person {
  return { firstName: "Ben", lastName: `Hill ${index}`, phone: `+120255501${String(index).padStart(2, "0")}` };
}

/** A record of this person without the last name, as a salesperson would have typed it. */
export function seedRecord(simulator: Simulator, { firstName, lastName, email, phone }: Person, whole: boolean): void {
  const last = whole ? lastName : undefined;
  const values: Record<string, Record<string, unknown>> = {
    HubSpot: { firstname: firstName, lastname: last, email, phone },
    HighLevel: { firstName, lastName: last, email, phone },
    "Dynamics 365": { firstname: firstName, lastname: last, emailaddress1: email },
    BigCommerce: { first_name: firstName, last_name: lastName, email },
  };
  const given = Object.entries(values[simulator.name] ?? {}).filter(([, value]) => value !== undefined);
  simulator.seed(simulator.name === "BigCommerce" ? "customer" : "contact", Object.fromEntries(given));
}

/** A site with its open conversations, whose visitors have said who they are. */
export async function openChats(db: Db, siteId: string, people: readonly Person[]): Promise<Chat[]> {
  await db.insert(site).values({
    ...{ id: siteId, key: `site-${siteId}`, name: "Bench", accent: "#1d6b5f", greeting: "", origins: [] },
    ...{ defaultCountry: "US", idleMinutes: 600 },
    ask: { firstName: "optional", lastName: "optional", email: "optional", phone: "optional" },
  });
  const chats: Chat[] = [];
  for (let from = 0; from < people.length; from += AT_ONCE) {
    chats.push(...(await openSome(db, siteId, people.slice(from, from + AT_ONCE))));
  }
  return chats;
}

async function openSome(db: Db, siteId: string, people: readonly Person[]): Promise<Chat[]> {
  const rows = people.map((person) => ({ person, contactId: newId(), visitorId: newId(), conversationId: newId() }));
  await db.insert(contact).values(rows.map(({ contactId, person }) => ({ id: contactId, ...person })));
  await db.insert(contactIdentity).values(
    rows.flatMap(({ contactId, conversationId, person: { email, phone } }) => {
      const kind = email ? ("email" as const) : ("phone" as const);
      const value = email ?? phone ?? "";
      return { id: newId(), contactId, kind, norm: value, value, source: "visitor" as const, conversationId };
    }),
  );
  await db.insert(visitor).values(rows.map(({ visitorId, contactId }) => ({ id: visitorId, siteId, contactId })));
  await db
    .insert(conversation)
    .values(
      rows.map(({ conversationId, visitorId, contactId }) => ({ id: conversationId, siteId, visitorId, contactId })),
    );
  await db.insert(fact).values(
    rows.flatMap(({ conversationId, person }) =>
      (["firstName", "lastName", "email", "phone"] as const).flatMap((field) => {
        const value = person[field];
        return value ? [{ id: newId(), conversationId, field, value, source: "card" as const }] : [];
      }),
    ),
  );
  return rows.map(({ conversationId, visitorId }) => ({ conversationId, visitorId }));
}
