import {
  FailedRuns,
  FailedRunsQuery,
  ListSyncRuns,
  RetriedRuns,
  RetryFailedRuns,
  SyncRunDetail,
  SyncRunPage,
} from "@rolodesk/shared/sync-log";
import { RunChoice, SyncRun } from "@rolodesk/shared/sync-run";
import { SyncStats, SyncStatsQuery } from "@rolodesk/shared/sync-stats";
import type { DescribedRoutes } from "./route-description.ts";

export const SYNC_ROUTES: DescribedRoutes = {
  "GET /api/sync-runs": {
    summary: "List syncs",
    details: "Newest first, a page at a time. Every part of the query narrows.",
    access: "read:sync",
    query: ListSyncRuns,
    answers: { 200: SyncRunPage },
  },
  "GET /api/sync-runs/failed": {
    summary: "Count the failed syncs of a connection",
    access: "admin",
    adminOnly: true,
    query: FailedRunsQuery,
    answers: { 200: FailedRuns },
    errors: [404],
  },
  "POST /api/sync-runs/retry-failed": {
    summary: "Retry every failed sync of a connection",
    access: "admin",
    adminOnly: true,
    body: RetryFailedRuns,
    answers: { 202: RetriedRuns },
    errors: [404, 409],
  },
  "GET /api/sync-runs/:id": { summary: "Read a sync", access: "read:sync", answers: { 200: SyncRun } },
  "GET /api/sync-runs/:id/detail": {
    summary: "Read a sync with every field it changed and every call it made",
    access: "read:sync",
    answers: { 200: SyncRunDetail },
  },
  "POST /api/sync-runs/:id/retry": {
    summary: "Retry a failed sync",
    access: "sync",
    answers: { 202: SyncRun },
    errors: [409],
  },
  "POST /api/sync-runs/:id/choice": {
    summary: "Say which CRM record a person is",
    details: "For a sync that found several. `later` closes the question until something new is said.",
    access: "sync",
    body: RunChoice,
    answers: { 202: SyncRun },
    errors: [409],
  },
  "GET /api/sync-stats": {
    summary: "Read how syncing went, day by day",
    access: "read:sync",
    query: SyncStatsQuery,
    answers: { 200: SyncStats },
    errors: [404],
  },
};
