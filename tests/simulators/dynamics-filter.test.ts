import { describe, expect, it } from "vitest";
import { checkFilter, matchesFilter, type StoredValues } from "../../server/simulators/dynamics/filter-match.ts";
import { parseFilter } from "../../server/simulators/dynamics/filter-parser.ts";
import { likePattern } from "../../server/simulators/dynamics/like.ts";
import { standardTables } from "../../server/simulators/dynamics/tables.ts";

const ID = "49b0be2e-d01c-ed11-b83e-000d3a572421";
const row: StoredValues = {
  contactid: ID,
  firstname: "Sean",
  lastname: "O'Bryan",
  jobtitle: null,
  emailaddress1: "Sean_O@Example.com",
  telephone1: "+1 (202) 555-0123",
  statecode: 0,
  creditlimit: 1500.5,
  donotemail: false,
  birthdate: "1990-04-01",
  modifiedon: "2026-03-01T10:00:00Z",
  _masterid_value: null,
};

const matches = (filter: string, aliases = {}) => matchesFilter(parseFilter(filter, aliases), row);

describe("$filter", () => {
  it.each([
    ["firstname eq 'sean'", true],
    ["firstname ne 'sean'", false],
    ["lastname eq 'O''Bryan'", true],
    ["emailaddress1 eq 'sean_o@example.com'", true],
    ["emailaddress1 eq 'seanxo@example.com'", false],
    ["jobtitle eq null", true],
    ["jobtitle ne null", false],
    ["jobtitle eq 'Buyer'", false],
    ["jobtitle ne 'Buyer'", true],
    ["statecode eq 0", true],
    ["creditlimit gt 1500 and creditlimit le 1500.5", true],
    ["creditlimit lt -1", false],
    ["donotemail eq false", true],
    [`contactid eq ${ID.toUpperCase()}`, true],
    ["_masterid_value eq null", true],
    ["modifiedon ge 2026-03-01T10:00:00Z", true],
    ["modifiedon gt 2026-03-01T11:00:00+01:00", false],
    ["birthdate lt 1990-04-02", true],
    ["statecode eq 1 or firstname eq 'Sean' and lastname eq 'X'", false],
    ["(statecode eq 0 or firstname eq 'Y') and lastname eq 'o''bryan'", true],
    ["not (statecode eq 1)", true],
    ["not contains(firstname,'ea')", false],
    ["contains(jobtitle,'a')", false],
    ["contains(telephone1,'2%5%5%5%0%1%2%3')", true],
    ["contains(telephone1,'9%0%1%2%3')", false],
    ["startswith(emailaddress1,'sean_')", true],
    ["startswith(emailaddress1,'sean[_]o')", true],
    ["endswith(emailaddress1,'example.COM')", true],
    ["endswith(emailaddress1,'example')", false],
  ])("%s → %s", (filter, expected) => {
    expect(matches(filter)).toBe(expected);
  });

  it.each([
    [{ "@p1": "'lastname'", "@p2": '["O\'Bryan","X"]' }, true],
    [{ "@p1": "'LASTNAME'", "@p2": '["O\'Bryan"]' }, false],
    [{ "@p1": "'telephone1'", "@p2": '["+1 (202) 555-0123"]' }, true],
    [{ "@p1": "'jobtitle'", "@p2": '["",null]' }, false],
  ])("In with the aliases %j → %s", (aliases, expected) => {
    const filter = "Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2) and statecode eq 0";
    expect(matches(filter, aliases)).toBe(expected);
  });

  it("takes In's parameters in place as well", () => {
    expect(matches(`Microsoft.Dynamics.CRM.In(PropertyName='firstname',PropertyValues=["Ann","SEAN"])`)).toBe(true);
  });

  it.each([
    ["lastname eq 'O'Bryan'", "There is an unterminated literal at position 21 in 'lastname eq 'O'Bryan''."],
    ["lastname eq", "Syntax error"],
    ["lastname eq 'x' and", "Syntax error"],
    ["(lastname eq 'x'", "Syntax error"],
    ["lastname like 'x'", "Syntax error"],
    ["lastname in ('x','y')", "Syntax error"],
    ["tolower(lastname) eq 'x'", "An unknown function with name 'tolower' was found."],
    ["Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)", "'@p1' has no value"],
    ["lastname eq 'x' ; drop", "';' is not valid"],
  ])("refuses %s", (filter, message) => {
    expect(() => parseFilter(filter)).toThrow(message);
  });

  it.each([
    ["xyz eq 'x'", "Could not find a property named 'xyz' on type 'Microsoft.Dynamics.CRM.contact'."],
    ["gendercodename eq 'Male'", "Could not find a property named 'gendercodename'"],
    ["masterid eq null", "Could not find a property named 'masterid'"],
    [
      "not (statecode eq 'Active')",
      "incompatible types was detected. Found operand types 'Edm.Int32' and 'Edm.String'",
    ],
    [`contactid eq '${ID}'`, "Found operand types 'Edm.Guid' and 'Edm.String'"],
    ["firstname eq 5 or statecode eq 0", "Found operand types 'Edm.String' and 'Edm.Int32'"],
    ["contains(statecode,'0')", "No function signature for the function with name 'contains'"],
  ])("refuses %s on contacts", (filter, message) => {
    const contact = standardTables().find((table) => table.name === "contact");
    if (!contact) throw new Error("There is no contact table.");
    expect(() => checkFilter(parseFilter(filter), contact)).toThrow(message);
  });
});

describe("LIKE", () => {
  it.each([
    ["a%c", "abbbc", true],
    ["a_c", "abc", true],
    ["a_c", "ac", false],
    ["[ab]x", "bx", true],
    ["[^ab]x", "bx", false],
    ["100[%]", "100%", true],
    ["100[%]", "1000", false],
    ["a[_]b", "axb", false],
    ["[[]x", "[x", true],
    ["a.b", "axb", false],
    ["[", "[", true],
    ["ZOË", "zoë", true],
  ])("%s and %s → %s", (pattern, text, expected) => {
    expect(likePattern(pattern).test(text)).toBe(expected);
  });
});
