import {
  ChangeContact,
  ContactDetail,
  ContactPage,
  ContactTags,
  ContactView,
  ContactViews,
  CreateContact,
  FindSimilar,
  ListContacts,
  SaveContactView,
  SimilarContacts,
  TagContacts,
  TaggedContacts,
  WriteContactNote,
} from "@rolodesk/shared/contact";
import { ListTimeline, TimelinePage } from "@rolodesk/shared/contact-timeline";
import type { DescribedRoutes } from "./route-description.ts";

const MERGED =
  "The id of a contact that was merged away stands for the one it was merged into: look at the answer's `id`.";

export const CONTACT_ROUTES: DescribedRoutes = {
  "GET /api/contacts": {
    summary: "List contacts",
    details: "The latest active first, a page at a time. Every part of the query narrows.",
    access: "read:contacts",
    query: ListContacts,
    answers: { 200: ContactPage },
  },
  "POST /api/contacts": {
    summary: "Add a contact by hand",
    details: "Refused with 409 where somebody with this email or phone is there, unless `evenIfSimilar` is true.",
    access: "write:contacts",
    body: CreateContact,
    answers: { 201: ContactDetail },
    errors: [409],
  },
  "GET /api/contacts/similar": {
    summary: "Find contacts with an email or a phone",
    access: "read:contacts",
    query: FindSimilar,
    answers: { 200: SimilarContacts },
  },
  "GET /api/contacts/tags": {
    summary: "List the tags in use",
    details: "Counted among the contacts that were active last.",
    access: "read:contacts",
    answers: { 200: ContactTags },
  },
  "POST /api/contacts/tags": {
    summary: "Tag many contacts",
    details: "Named ones, or up to 10,000 that fit a filter; all of them or none.",
    access: "write:contacts",
    body: TagContacts,
    answers: { 200: TaggedContacts },
  },
  "GET /api/contacts/:id": {
    summary: "Read a contact",
    details: MERGED,
    access: "read:contacts",
    answers: { 200: ContactDetail },
  },
  "PATCH /api/contacts/:id": {
    summary: "Change a contact",
    details: "What is left out stays; null empties. A former email or phone stays known as another one.",
    access: "write:contacts",
    body: ChangeContact,
    answers: { 200: ContactDetail },
    errors: [409],
  },
  "DELETE /api/contacts/:id/identities/:keyId": {
    summary: "Take an email or a phone off a contact",
    details:
      "The oldest that is left becomes the main one. Links and CRM records stay as they are; conflicts in which it waited to be written are void.",
    access: "write:contacts",
    answers: { 200: ContactDetail },
    errors: [409],
  },
  "GET /api/contacts/:id/timeline": {
    summary: "Read what happened with a contact",
    details: "Newest first: conversations, notes, syncs, imports and changes.",
    access: "read:contacts",
    query: ListTimeline,
    answers: { 200: TimelinePage },
  },
  "POST /api/contacts/:id/notes": {
    summary: "Write a note on a contact",
    access: "write:contacts",
    body: WriteContactNote,
    answers: { 201: TimelinePage },
    errors: [409],
  },
  "GET /api/contact-views": {
    summary: "List your saved views of the directory",
    access: "session",
    answers: { 200: ContactViews },
  },
  "POST /api/contact-views": {
    summary: "Save a view of the directory",
    details: "The same name again replaces it.",
    access: "session",
    body: SaveContactView,
    answers: { 201: ContactView },
    errors: [409],
  },
  "DELETE /api/contact-views/:id": {
    summary: "Remove a saved view",
    access: "session",
    answers: { 204: null },
  },
};
