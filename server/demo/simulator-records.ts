import type { BigCommerceSimulator } from "../simulators/bigcommerce/simulator.ts";
import type { DynamicsSimulator } from "../simulators/dynamics/dynamics-simulator.ts";
import type { GhlSimulator } from "../simulators/ghl/simulator.ts";
import type { HubSpotSimulator } from "../simulators/hubspot/hubspot-simulator.ts";

/**
 * The people of the demo, each for one lesson. None of them exists: reserved domains, fictional telephone numbers.
 * - Ana Ruiz is in all four CRMs; Dynamics writes her "Anna", so a push asks instead of overwriting
 * - Harbour Hotel's switchboard belongs to two people in HubSpot: a phone number alone must not decide
 * - Priya Shah's number is written the national way in Dynamics, and is found all the same
 * - Tom Becker is an open lead in Dynamics: no second record beside him
 * - Lena Fischer is two HubSpot records merged into one
 * - Elif Aydin is a customer of the store, which vouches for her while she is signed in there
 * - Ana Ruiz has also called: HighLevel logged it, and Rolodesk asks for it
 * - Sam Okafor gives another number than HighLevel has: an agent keeps that one, and is not asked again
 */
export function fillHubSpot(simulator: HubSpotSimulator): void {
  if (simulator.records().length > 0) return;
  const add = (firstname: string, lastname: string, more: Record<string, string>) =>
    simulator.seed("contact", { firstname, lastname, ...more });

  add("Ana", "Ruiz", { email: "ana.ruiz@example.com", phone: "+12025550147", company: "Atelier Ruiz" });
  add("Mira", "Novak", { email: "mira@harbour-hotel.example.com", phone: "+442079460100", company: "Harbour Hotel" });
  add("Jonas", "Weber", { email: "jonas@harbour-hotel.example.com", phone: "+442079460100", company: "Harbour Hotel" });
  const kept = add("Lena", "Fischer", { email: "lena.fischer@example.org", jobtitle: "Interior designer" });
  const duplicate = add("Lena", "Fischer-Hall", { email: "lena@fischer-studio.example.org", phone: "+12025550119" });
  simulator.merge(kept, duplicate);
  add("Omar", "Haddad", { email: "omar.haddad@example.net", city: "Leeds" });
  add("Yuki", "Tanaka", { email: "yuki.tanaka@example.net", phone: "+61255500142" });
}

export function fillDynamics(simulator: DynamicsSimulator): void {
  if (simulator.records().length > 0) return;
  simulator.seed("contact", {
    firstname: "Anna",
    lastname: "Ruiz",
    emailaddress1: "ana.ruiz@example.com",
    telephone1: "(202) 555-0147",
    jobtitle: "Owner",
  });
  simulator.seed("contact", {
    firstname: "Priya",
    lastname: "Shah",
    emailaddress1: "priya.shah@example.org",
    telephone1: "+44 (0)20 7946 0958",
  });
  simulator.seed("contact", { firstname: "Omar", lastname: "Haddad", emailaddress1: "omar.haddad@example.net" });
  simulator.seed("lead", {
    subject: "40 desk lamps for a new office",
    firstname: "Tom",
    lastname: "Becker",
    emailaddress1: "tom.becker@example.com",
    companyname: "Becker & Daughters",
  });
}

export function fillHighLevel(simulator: GhlSimulator): void {
  if (simulator.records().length > 0) return;
  const ana = simulator.seed("contact", {
    firstName: "Ana",
    lastName: "Ruiz",
    email: "ana.ruiz@example.com",
    tags: ["newsletter"],
  });
  simulator.call(ana, { direction: "inbound", status: "completed", durationSeconds: 142 });
  simulator.seed("contact", {
    firstName: "Sam",
    lastName: "Okafor",
    email: "sam.okafor@example.com",
    phone: "+12025550163",
  });
  simulator.seed("contact", { firstName: "Yuki", email: "yuki.tanaka@example.net", phone: "+61255500142" });
}

export function fillBigCommerce(simulator: BigCommerceSimulator): void {
  if (simulator.records().length > 0) return;
  simulator.seed("customer", {
    email: "ana.ruiz@example.com",
    first_name: "Ana",
    last_name: "Ruiz",
    company: "Atelier Ruiz",
  });
  simulator.seed("customer", {
    email: "elif.aydin@example.org",
    first_name: "Elif",
    last_name: "Aydin",
    notes: "Likes to collect her orders.",
  });
  simulator.seed("customer", {
    email: "yuki.tanaka@example.net",
    first_name: "Yuki",
    last_name: "Tanaka",
    phone: "(02) 5550 0142",
  });
}
