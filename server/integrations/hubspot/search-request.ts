import { type Filter, FilterOperatorEnum } from "@hubspot/api-client/lib/codegen/crm/contacts/models/Filter.js";
import type { PublicObjectSearchRequest } from "@hubspot/api-client/lib/codegen/crm/contacts/models/PublicObjectSearchRequest.js";
import type { CrmRecord, FindQuery, PhoneQuery } from "../../domain/connector.ts";
import { withIdentity } from "./record.ts";

/** HubSpot, CRM search: at most 200 results per page. More people than that on one key are not a match anyway. */
const PAGE = 200;

/**
 * One search for what no keyed read can find: an additional email, and a phone in any spelling. Alternatives are filter
 * groups, of which HubSpot takes five. The `hs_searchable_calculated_*` properties hold national numbers without country.
 */
export function searchRequest(query: FindQuery, properties: readonly string[]): PublicObjectSearchRequest {
  const filters = [...emailFilters(query.email), ...phoneFilters(query.phone)];
  return {
    filterGroups: filters.map((filter) => ({ filters: [filter] })),
    properties: withIdentity(properties),
    limit: PAGE,
  };
}

/** HubSpot keeps additional addresses in one `;` list, and does not find them by `email`. */
function emailFilters(email: string | undefined): Filter[] {
  if (email === undefined) return [];
  return [{ propertyName: "hs_additional_emails", operator: FilterOperatorEnum.ContainsToken, value: email }];
}

function phoneFilters(phone: PhoneQuery | undefined): Filter[] {
  if (!phone) return [];
  const spellings = [phone.e164, ...phone.spellings].map((spelling) => spelling.toLowerCase());
  const calculated = ["hs_searchable_calculated_phone_number", "hs_searchable_calculated_mobile_number"];
  return [
    ...calculated.map((propertyName) => ({ propertyName, operator: FilterOperatorEnum.Eq, value: phone.national })),
    ...["phone", "mobilephone"].map((propertyName) => ({
      propertyName,
      operator: FilterOperatorEnum.In,
      values: [...new Set(spellings)],
    })),
  ];
}

/** A hit is dropped only when it certainly has neither key: other emails, and numbers that name another country. */
export function mayMatch(record: CrmRecord, { email, phone }: FindQuery): boolean {
  if (email !== undefined && record.emails.some((one) => one.toLowerCase() === email)) return true;
  return phone !== undefined && record.phones.some((one) => mayBe(one, phone));
}

function mayBe(held: string, { e164 }: PhoneQuery): boolean {
  const isInternational = held.trim().startsWith("+");
  return !isInternational || held.replaceAll("(0)", "").replace(/\D/g, "").startsWith(e164.slice(1));
}
