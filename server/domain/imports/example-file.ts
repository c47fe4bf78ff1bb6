import { csvLine } from "./csv-cell.ts";

const ROWS = [
  ["Company name", "Contact name", "Email", "Phone", "Title", "LinkedIn URL", "Source", "Notes"],
  ["Northwind Lamps", "Ana Example", "ana@example.com", "+12025550123", "Buyer", "", "Trade fair", "Likes brass."],
  ["Contoso Gardens", "Ben Sample", "ben@example.org", "+442079460123", "Head gardener", "", "Trade fair", ""],
  [
    "Fabrikam",
    "Cleo Demo",
    "cleo@example.net",
    "+61255501234",
    "Owner",
    "https://www.linkedin.com/in/cleo-demo",
    "Referral",
    "",
  ],
  ["Fabrikam", "Cleo Demo", "cleo@example.net", "", "Owner", "", "Referral", "The same person as in the row above."],
  ["Tailspin Toys", "Dee Nobody", "", "", "", "", "", "Neither email nor phone: this row is not brought in."],
];

/** For whoever wants to see an import before they have a file of their own. */
export const EXAMPLE_CSV = ROWS.map(csvLine).join("");
