import type { BigCommerceSimulator } from "../simulators/bigcommerce/simulator.ts";

/**
 * What a page of the store gets from `/customer/current.jwt` once this customer is signed in there; null when nobody has
 * an account with this email.
 */
export async function currentShopperToken(
  { app }: BigCommerceSimulator,
  clientId: string,
  email: string,
): Promise<string | null> {
  const signedIn = await app.request("/_shopper", { method: "POST", body: new URLSearchParams({ email }) });
  const [cookie] = signedIn.headers.getSetCookie();
  if (!signedIn.ok || !cookie) return null;
  const headers = { cookie: cookie.split(";")[0] ?? "" };
  const answer = await app.request(`/customer/current.jwt?app_client_id=${encodeURIComponent(clientId)}`, { headers });
  return answer.ok ? await answer.text() : null;
}
