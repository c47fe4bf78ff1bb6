import { expect, it } from "vitest";
import { type CallReport, createHttpClient } from "../../server/integrations/http-client.ts";

it.each([
  ["/crm/contacts/ana%40example.com?idProperty=email", "/crm/contacts/{email}"],
  ["/crm/contacts/ana@example.com/notes", "/crm/contacts/{email}/notes"],
  ["/contacts/search?email=ana%40example.com", "/contacts/search"],
  ["/contacts/51", "/contacts/51"],
])("reports the call %s without naming anybody", async (path, reported) => {
  const reports: CallReport[] = [];
  const send = createHttpClient("http://crm.test", {
    fetch: async () => new Response("{}"),
    onCall: (report) => reports.push(report),
  });
  await send({ method: "GET", path });
  expect(reports.map((report) => report.path)).toEqual([reported]);
});
