import { SettleConflicts, SettleResult } from "@rolodesk/shared/conflict";
import {
  ConflictCount,
  ConflictDetail,
  ConflictUnitPage,
  DraftSettlement,
  ListConflicts,
  ListSettlementRows,
  Settlement,
  SettlementRows,
  UndoResult,
} from "@rolodesk/shared/conflict-queue";
import type { DescribedRoutes } from "./route-description.ts";

export const CONFLICT_ROUTES: DescribedRoutes = {
  "GET /api/conflicts": {
    summary: "List conflicts",
    details:
      "Those that wait, oldest first, or those that were decided, latest first. The halves of a name come as one.",
    access: "read:sync",
    query: ListConflicts,
    answers: { 200: ConflictUnitPage },
  },
  "GET /api/conflicts/count": {
    summary: "Count the conflicts that wait",
    access: "read:sync",
    answers: { 200: ConflictCount },
  },
  "GET /api/conflicts/:id": {
    summary: "Read a conflict and its story",
    access: "read:sync",
    answers: { 200: ConflictDetail },
  },
  "POST /api/conflicts/settle": {
    summary: "Settle conflicts",
    details:
      "Name the values you saw. A row whose value has moved is answered as `stale` and nothing is written for it.",
    access: "sync",
    body: SettleConflicts,
    answers: { 200: SettleResult },
    errors: [404, 409],
  },
  "POST /api/conflicts/:id/undo": {
    summary: "Undo a decision",
    access: "sync",
    answers: { 200: UndoResult },
    errors: [409],
  },
  "POST /api/settlements": {
    summary: "Draft a settlement of many conflicts",
    details: "Nothing is written until it is started. It covers exactly the rows of its draft.",
    access: "sync",
    body: DraftSettlement,
    answers: { 201: Settlement },
    errors: [404, 409],
  },
  "GET /api/settlements/:id": { summary: "Read a settlement", access: "read:sync", answers: { 200: Settlement } },
  "GET /api/settlements/:id/rows": {
    summary: "List the conflicts of a settlement",
    access: "read:sync",
    query: ListSettlementRows,
    answers: { 200: SettlementRows },
  },
  "POST /api/settlements/:id/start": {
    summary: "Start a settlement",
    access: "sync",
    answers: { 202: Settlement },
    errors: [409],
  },
};
