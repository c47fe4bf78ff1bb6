import {
  ListContactPhoneCalls,
  ListPhoneCalls,
  PhoneCallChange,
  PhoneCallDetail,
  PhoneCallPage,
} from "@rolodesk/shared/phone-call";
import type { DescribedRoutes } from "./route-description.ts";

export const PHONE_CALL_ROUTES: DescribedRoutes = {
  "GET /api/phone-calls": {
    summary: "List telephone calls",
    details: "Those that CRMs told of, newest first, a page at a time.",
    access: "read:contacts",
    query: ListPhoneCalls,
    answers: { 200: PhoneCallPage },
  },
  "GET /api/phone-calls/:id": {
    summary: "Read a telephone call with its transcript",
    access: "read:contacts",
    answers: { 200: PhoneCallDetail },
  },
  "PATCH /api/phone-calls/:id": {
    summary: "Say how a telephone call ended, or whose it was",
    details: "What a person says outweighs what CRMs and models say, before and after. One of the two at a time.",
    access: "write:contacts",
    body: PhoneCallChange,
    answers: { 200: PhoneCallDetail },
  },
  "GET /api/contacts/:id/phone-calls": {
    summary: "List a contact's telephone calls",
    details: "Newest first, a page at a time.",
    access: "read:contacts",
    query: ListContactPhoneCalls,
    answers: { 200: PhoneCallPage },
  },
};
