/** Somebody to be in the demo shop's chat. The records behind them are in `simulator-records.ts`. */
export interface ExampleVisitor {
  readonly key: string;
  readonly name: string;
  /** What this visitor shows. */
  readonly lesson: string;
  /** A first message to paste. */
  readonly says: string;
  /** Set when the shop itself vouches for who this is: the claims of the signed identity. */
  readonly signedIn?: { readonly email: string; readonly phone: string };
  /** Set when the store on BigCommerce vouches: the email of the customer who is signed in there. */
  readonly shopper?: string;
}

export const EXAMPLE_VISITORS: readonly ExampleVisitor[] = [
  {
    key: "ana",
    name: "Ana Ruiz",
    lesson:
      "Known to all four CRMs. One of them spells her name differently: an agent decides, nothing is overwritten.",
    says: "Hi, Ana Ruiz here, ana.ruiz@example.com. Is the Arc desk lamp back in brass?",
  },
  {
    key: "priya",
    name: "Priya Shah, signed in",
    lesson: "The shop vouches for her with a signed token. Her number is found although the CRM writes it another way.",
    says: "Hello, my Dune floor lamp came without its bulb.",
    signedIn: { email: "priya.shah@example.org", phone: "+442079460958" },
  },
  {
    key: "elif",
    name: "Elif Aydin, signed in at the store",
    lesson:
      "BigCommerce vouches for its signed-in customer. Her record is found by its id, although she types nothing about herself.",
    says: "Hi, can I still add a second Halo to my order?",
    shopper: "elif.aydin@example.org",
  },
  {
    key: "hotel",
    name: "Somebody at Harbour Hotel",
    lesson: "A switchboard number that two people share: the console offers both and picks neither.",
    says: "Harbour Hotel here, please call us back on +44 20 7946 0100 about the 60 bedside lamps.",
  },
  {
    key: "tom",
    name: "Tom Becker",
    lesson: "An open lead in Dynamics 365: the chat is added to him, no second record appears beside him.",
    says: "Tom Becker again, tom.becker@example.com. Any news about the 40 desk lamps?",
  },
  {
    key: "lena",
    name: "Lena Fischer",
    lesson: "Two HubSpot records that somebody merged. Her old address still leads to the one that is left.",
    says: "Hi, it's Lena, lena@fischer-studio.example.org. Do you make the Halo in a warmer white?",
  },
  {
    key: "sam",
    name: "Sam Okafor",
    lesson: "HighLevel has another number of his. Keep the CRM value, and the same question does not come back.",
    says: "Sam Okafor, sam.okafor@example.com. Where is my order? Call me on +1 202 555 0171.",
  },
  {
    key: "noor",
    name: "Noor Bakker",
    lesson:
      "New everywhere: a record is made once in each CRM; the store makes none, customers sign up there themselves.",
    says: "Hi, I'm Noor Bakker, noor.bakker@example.net. Do you deliver to Utrecht?",
  },
];
