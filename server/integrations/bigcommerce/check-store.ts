import type { AccountInfo } from "../../domain/connector.ts";
import type { BigCommerceClient } from "./client.ts";
import { createCustomerReader } from "./read-customers.ts";
import { type BigCommerceFacts, StoreAnswer } from "./schema.ts";

/** Enough to meet a customer with a phone in most stores. */
const SAMPLE = 50;

/**
 * The store names the account; a page of customers shows whether the token may read them. `phone:in` is specified as a
 * plain text and used as a list: whether it is one is tried with a number of the page.
 */
export async function checkStore(call: BigCommerceClient): Promise<AccountInfo> {
  const readCustomers = createCustomerReader(call);
  const store = await call(StoreAnswer, { method: "GET", path: "/v2/store" });
  const sample = await readCustomers({ limit: [SAMPLE] }, []);
  const phone = sample.find((customer) => customer.phone && !customer.phone.includes(","))?.phone;
  const tried = phone ? await readCustomers({ "phone:in": [phone, "0"] }, []) : null;
  const { id, name, country_code, control_panel_base_url } = store;
  const facts: BigCommerceFacts = {
    controlPanelUrl: control_panel_base_url ?? null,
    phoneLists: tried ? tried.some((customer) => customer.phone === phone) : null,
  };
  return { accountId: id, accountName: name || id, facts: { ...facts, country: country_code ?? null } };
}
