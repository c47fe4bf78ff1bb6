import {
  DismissDuplicates,
  DuplicatePage,
  ListDuplicates,
  ListMerges,
  MergeContacts,
  Merged,
  MergePage,
  MergePreview,
  PreviewMerge,
  UnmergePreview,
} from "@rolodesk/shared/contact-merge";
import type { DescribedRoutes } from "./route-description.ts";

export const MERGE_ROUTES: DescribedRoutes = {
  "GET /api/duplicates": {
    summary: "List contacts that may be one person",
    details:
      "By keys: groups that share an email or a phone, over any number of steps; role addresses and shared numbers do not count. By names: suggestions with a score.",
    access: "read:contacts",
    query: ListDuplicates,
    answers: { 200: DuplicatePage },
  },
  "POST /api/duplicates/dismiss": {
    summary: "Say that contacts are different people",
    access: "write:contacts",
    body: DismissDuplicates,
    answers: { 204: null },
    errors: [404],
  },
  "GET /api/merges": {
    summary: "List merges",
    details: "The latest first, undone ones included.",
    access: "read:contacts",
    query: ListMerges,
    answers: { 200: MergePage },
  },
  "POST /api/merges": {
    summary: "Merge contacts",
    details: "Everything the others have becomes the master's, and their ids stand for it from then on.",
    access: "write:contacts",
    body: MergeContacts,
    answers: { 201: Merged },
    errors: [404, 409],
  },
  "GET /api/merges/preview": {
    summary: "Preview a merge",
    access: "read:contacts",
    query: PreviewMerge,
    answers: { 200: MergePreview },
    errors: [404, 409],
  },
  "GET /api/merges/:id": {
    summary: "Read a merge, and what undoing it would give back",
    access: "read:contacts",
    answers: { 200: UnmergePreview },
  },
  "POST /api/merges/:id/undo": {
    summary: "Undo a merge",
    details: "What was changed or given away since stays with the survivor; `stayed` says what and why.",
    access: "write:contacts",
    answers: { 200: UnmergePreview },
    errors: [409],
  },
};
