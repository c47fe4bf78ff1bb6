import { randomInt } from "node:crypto";

/** Somebody nobody else in any test is. */
export interface Person {
  readonly first: string;
  /** Made of letters only: names are compared and searched as people write them. */
  readonly last: string;
  readonly email: string;
  /** E.164, of Australia's numbers for fiction. */
  readonly phone: string;
  /** The same number as an Australian writes it. */
  readonly nationalPhone: string;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
/** +61 2 5550 xxxx (ACMA, "Phone numbers for use in TV shows, films and creative works"). */
let nextNumber = randomInt(0, 9000);

export function mintPerson(first = "Ana"): Person {
  const word = Array.from({ length: 7 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join("");
  const last = `R${word}`;
  nextNumber = (nextNumber + 1) % 10_000;
  const number = String(nextNumber).padStart(4, "0");
  return {
    first,
    last,
    email: `${first}.${word}@example.com`.toLowerCase(),
    phone: `+6125550${number}`,
    nationalPhone: `(02) 5550 ${number}`,
  };
}
