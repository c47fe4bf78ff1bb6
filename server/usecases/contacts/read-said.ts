import type { DbOrTx } from "../../db/client.ts";
import { latestFacts } from "../../db/queries/fact.ts";
import { parseEmail } from "../../domain/identity/email.ts";
import { parsePhone } from "../../domain/identity/phone.ts";
import type { Said } from "./learn-facts.ts";

/** What a conversation told, with its keys. `country`: the site's, for numbers written without one. */
export async function readSaid(db: DbOrTx, conversationId: string, country: string | null): Promise<Said> {
  const facts = await latestFacts(db, conversationId);
  const [email, phone] = [facts.get("email"), facts.get("phone")];
  return {
    facts,
    email: email ? parseEmail(email.value) : null,
    phone: phone ? parsePhone(phone.value, [country]) : null,
    name: {
      firstName: facts.get("firstName")?.value ?? null,
      lastName: facts.get("lastName")?.value ?? null,
    },
  };
}
