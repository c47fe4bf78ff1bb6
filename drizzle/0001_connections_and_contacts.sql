CREATE TABLE "connection_grant" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"tokens" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"refresh_sent_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pending_authorization" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"provider" text NOT NULL,
	"connection_id" uuid,
	"sealed" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connection_budget" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"call_grants" bigint[] DEFAULT '{}' NOT NULL,
	"search_grants" bigint[] DEFAULT '{}' NOT NULL,
	"backfill_grants" bigint[] DEFAULT '{}' NOT NULL,
	"writing" bigint[] DEFAULT '{}' NOT NULL,
	"told_max" integer,
	"told_window_ms" integer,
	"others" integer DEFAULT 0 NOT NULL,
	"others_until" timestamp (3) with time zone,
	"daily_limit" integer,
	"daily_remaining" integer,
	"daily_resets_at" timestamp (3) with time zone,
	"daily_told_at" timestamp (3) with time zone,
	"paused_until" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"open_until" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone,
	"openings" integer DEFAULT 0 NOT NULL,
	"probe_by" uuid,
	"probe_until" timestamp (3) with time zone,
	"work_begun" integer DEFAULT 0 NOT NULL,
	"work_calls" integer DEFAULT 0 NOT NULL,
	"booked_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "contact_note" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contact_id" uuid NOT NULL,
	"author_id" text,
	"author_name" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_view" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"filter" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_view_user_id_name_unique" UNIQUE("user_id","name")
);
--> statement-breakpoint
CREATE TABLE "contact_sync" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"strategy" text NOT NULL,
	"every_minutes" integer NOT NULL,
	"tag" text,
	"lookup_order" text NOT NULL,
	"cursor" text,
	"full_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "import_detail" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"object" text NOT NULL,
	"external_id" text NOT NULL,
	"label" text NOT NULL,
	"reason" text NOT NULL,
	"contact_id" uuid,
	"url" text
);
--> statement-breakpoint
CREATE TABLE "import_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"trigger" text NOT NULL,
	"started_by" text,
	"strategy" text NOT NULL,
	"tag" text,
	"lookup_order" text NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"phase" text DEFAULT 'reading' NOT NULL,
	"cursor" text,
	"expected" integer,
	"total" integer DEFAULT 0 NOT NULL,
	"imported" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"conflicts" integer DEFAULT 0 NOT NULL,
	"errors" integer DEFAULT 0 NOT NULL,
	"unlinked" integer DEFAULT 0 NOT NULL,
	"pages" integer DEFAULT 0 NOT NULL,
	"active_ms" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"next_attempt_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "import_run_adds_up" CHECK (total = imported + updated + skipped + conflicts + errors)
);
--> statement-breakpoint
CREATE TABLE "mapping_check" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"faults" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"problem" text,
	"checked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erase_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contact_id" uuid NOT NULL,
	"asked_by" text NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"erased" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"erased_here_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "erase_step" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"object" text NOT NULL,
	"external_id" text NOT NULL,
	"action" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"crm_request_ids" text[] DEFAULT '{}' NOT NULL,
	"problem" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"done_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "merge_journal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"survivor_id" uuid NOT NULL,
	"merged_id" uuid NOT NULL,
	"merged_by" text NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"moved" jsonb NOT NULL,
	"closed_links" uuid[] DEFAULT '{}' NOT NULL,
	"voided_conflicts" uuid[] DEFAULT '{}' NOT NULL,
	"undone_at" timestamp (3) with time zone,
	"undone_by" text,
	"stayed" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "merge_journal_two" CHECK (survivor_id <> merged_id)
);
--> statement-breakpoint
CREATE TABLE "not_duplicates" (
	"contact_a" uuid NOT NULL,
	"contact_b" uuid NOT NULL,
	"said_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "not_duplicates_contact_a_contact_b_pk" PRIMARY KEY("contact_a","contact_b"),
	CONSTRAINT "not_duplicates_ordered" CHECK (contact_a < contact_b)
);
--> statement-breakpoint
CREATE TABLE "tombstone" (
	"hash" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotent_request" (
	"id" text PRIMARY KEY NOT NULL,
	"body_hash" text NOT NULL,
	"answer" text,
	"committed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outgoing_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"contact_id" uuid,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"answer_status" integer,
	"answer" text,
	"problem" text,
	"duration_ms" integer,
	"tried_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoint" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"site_ids" uuid[],
	"state" text DEFAULT 'active' NOT NULL,
	"secret" text NOT NULL,
	"former_secret" text,
	"former_until" timestamp (3) with time zone,
	"failing_since" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"wait_until" timestamp (3) with time zone,
	"problem" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phone_call" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"contact_id" uuid,
	"record_id" text,
	"direction" text,
	"phone" text,
	"phone_norm" text,
	"status" text,
	"started_at" timestamp (3) with time zone,
	"duration_seconds" integer,
	"transcript" text,
	"recording_url" text,
	"disposition" text,
	"disposition_source" text,
	"disposition_at" timestamp (3) with time zone,
	"disposition_by" text,
	"engagement" text,
	"next_follow_up_at" timestamp (3) with time zone,
	"summary_status" text DEFAULT 'off' NOT NULL,
	"summary_problem" text,
	"summary_attempts" integer DEFAULT 0 NOT NULL,
	"reading" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "phone_call_connection_id_external_id_unique" UNIQUE("connection_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "phone_call_feed" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"cursor" text,
	"heard_at" timestamp (3) with time zone,
	"next_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "import_batch" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_name" text NOT NULL,
	"format" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"encoding" text NOT NULL,
	"delimiter" text NOT NULL,
	"has_header" boolean NOT NULL,
	"columns" text[] NOT NULL,
	"mapping" jsonb NOT NULL,
	"default_country" text,
	"source" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"work" text,
	"work_total" integer DEFAULT 0 NOT NULL,
	"work_done" integer DEFAULT 0 NOT NULL,
	"work_started_at" timestamp (3) with time zone,
	"problem" text,
	"total" integer DEFAULT 0 NOT NULL,
	"staged_at" timestamp (3) with time zone,
	"push_connection_id" uuid,
	"created_by" text NOT NULL,
	"undone_at" timestamp (3) with time zone,
	"uploaded_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_file_part" (
	"batch_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "import_file_part_batch_id_position_pk" PRIMARY KEY("batch_id","position")
);
--> statement-breakpoint
CREATE TABLE "import_row" (
	"batch_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"email_norm" text,
	"phone_norm" text,
	"class" text NOT NULL,
	"notes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"duplicate_of" integer,
	"status" text DEFAULT 'pending' NOT NULL,
	"contact_id" uuid,
	"chosen" boolean DEFAULT false NOT NULL,
	"created_contact" boolean DEFAULT false NOT NULL,
	"filled" text[] DEFAULT '{}' NOT NULL,
	"differences" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"open_differences" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"imported_at" timestamp (3) with time zone,
	"push" text,
	"push_reason" text,
	"pushed_at" timestamp (3) with time zone,
	"push_attempts" integer DEFAULT 0 NOT NULL,
	"push_key" uuid,
	"push_sent_at" timestamp (3) with time zone,
	"push_plan" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "import_row_batch_id_line_pk" PRIMARY KEY("batch_id","line")
);
--> statement-breakpoint
CREATE TABLE "spent_token" (
	"hash" text PRIMARY KEY NOT NULL,
	"session_hash" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vouched_record" (
	"visitor_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"object" text NOT NULL,
	"external_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vouched_record_visitor_id_connection_id_pk" PRIMARY KEY("visitor_id","connection_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_refusal" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "access" text DEFAULT 'key' NOT NULL;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "on_erase" text DEFAULT 'unlink' NOT NULL;--> statement-breakpoint
ALTER TABLE "field_mapping" ADD COLUMN "described" jsonb;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "do_not_contact" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "source" text DEFAULT 'chat' NOT NULL;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "source_detail" text;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "engagement" text DEFAULT 'new' NOT NULL;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "next_follow_up_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "last_activity_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "event" text;--> statement-breakpoint
ALTER TABLE "sync_run" ADD COLUMN "alone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "connection_grant" ADD CONSTRAINT "connection_grant_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_authorization" ADD CONSTRAINT "pending_authorization_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_budget" ADD CONSTRAINT "connection_budget_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_note" ADD CONSTRAINT "contact_note_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_note" ADD CONSTRAINT "contact_note_author_id_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_view" ADD CONSTRAINT "contact_view_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_sync" ADD CONSTRAINT "contact_sync_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_detail" ADD CONSTRAINT "import_detail_run_id_import_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."import_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_detail" ADD CONSTRAINT "import_detail_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_run" ADD CONSTRAINT "import_run_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mapping_check" ADD CONSTRAINT "mapping_check_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erase_request" ADD CONSTRAINT "erase_request_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erase_step" ADD CONSTRAINT "erase_step_request_id_erase_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."erase_request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erase_step" ADD CONSTRAINT "erase_step_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merge_journal" ADD CONSTRAINT "merge_journal_survivor_id_contact_id_fk" FOREIGN KEY ("survivor_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merge_journal" ADD CONSTRAINT "merge_journal_merged_id_contact_id_fk" FOREIGN KEY ("merged_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "not_duplicates" ADD CONSTRAINT "not_duplicates_contact_a_contact_id_fk" FOREIGN KEY ("contact_a") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "not_duplicates" ADD CONSTRAINT "not_duplicates_contact_b_contact_id_fk" FOREIGN KEY ("contact_b") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_event_id_outgoing_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."outgoing_event"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpoint_id_webhook_endpoint_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoint"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_call_feed" ADD CONSTRAINT "phone_call_feed_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_batch" ADD CONSTRAINT "import_batch_push_connection_id_connection_id_fk" FOREIGN KEY ("push_connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_batch" ADD CONSTRAINT "import_batch_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_file_part" ADD CONSTRAINT "import_file_part_batch_id_import_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."import_batch"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_batch_id_import_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."import_batch"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vouched_record" ADD CONSTRAINT "vouched_record_visitor_id_visitor_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitor"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vouched_record" ADD CONSTRAINT "vouched_record_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_refusal" ADD CONSTRAINT "webhook_refusal_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pending_authorization_expires_at_index" ON "pending_authorization" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "contact_note_contact_id_created_at_id_index" ON "contact_note" USING btree ("contact_id","created_at","id");--> statement-breakpoint
CREATE INDEX "import_detail_run_id_id_index" ON "import_detail" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "import_detail_run_id_outcome_id_index" ON "import_detail" USING btree ("run_id","outcome","id");--> statement-breakpoint
CREATE INDEX "import_detail_contact_id_index" ON "import_detail" USING btree ("contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "import_run_one_unfinished" ON "import_run" USING btree ("connection_id") WHERE status not in ('done', 'cancelled');--> statement-breakpoint
CREATE INDEX "import_run_connection_id_id_index" ON "import_run" USING btree ("connection_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "erase_request_one_per_contact" ON "erase_request" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "erase_request_created_at_id_index" ON "erase_request" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "erase_step_request_id_index" ON "erase_step" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "merge_journal_survivor_id_index" ON "merge_journal" USING btree ("survivor_id");--> statement-breakpoint
CREATE UNIQUE INDEX "merge_journal_one_open" ON "merge_journal" USING btree ("merged_id") WHERE undone_at is null;--> statement-breakpoint
CREATE INDEX "merge_journal_merged_id_index" ON "merge_journal" USING btree ("merged_id");--> statement-breakpoint
CREATE INDEX "not_duplicates_contact_b_index" ON "not_duplicates" USING btree ("contact_b");--> statement-breakpoint
CREATE INDEX "idempotent_request_created_at_index" ON "idempotent_request" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "outgoing_event_created_at_index" ON "outgoing_event" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "outgoing_event_contact_id_index" ON "outgoing_event" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "webhook_delivery_endpoint_id_id_index" ON "webhook_delivery" USING btree ("endpoint_id","id");--> statement-breakpoint
CREATE INDEX "webhook_delivery_event_id_index" ON "webhook_delivery" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "webhook_delivery_waiting" ON "webhook_delivery" USING btree ("endpoint_id","id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "phone_call_contact_id_id_index" ON "phone_call" USING btree ("contact_id","id");--> statement-breakpoint
CREATE INDEX "phone_call_unlinked_record" ON "phone_call" USING btree ("connection_id","record_id") WHERE contact_id is null;--> statement-breakpoint
CREATE INDEX "phone_call_unlinked_phone" ON "phone_call" USING btree ("phone_norm") WHERE contact_id is null;--> statement-breakpoint
CREATE INDEX "import_batch_created_at_id_index" ON "import_batch" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "import_batch_sha256_index" ON "import_batch" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "import_row_email" ON "import_row" USING btree (("batch_id"::text || ' ' || "email_norm"),"line") WHERE email_norm is not null;--> statement-breakpoint
CREATE INDEX "import_row_phone" ON "import_row" USING btree (("batch_id"::text || ' ' || "phone_norm"),"line") WHERE phone_norm is not null;--> statement-breakpoint
CREATE INDEX "import_row_attention" ON "import_row" USING btree ("batch_id","class","line") WHERE class in ('duplicate', 'ambiguous', 'invalid');--> statement-breakpoint
CREATE INDEX "import_row_push" ON "import_row" USING btree ("batch_id","push","line") WHERE push is not null;--> statement-breakpoint
CREATE INDEX "import_row_differing" ON "import_row" USING btree ("batch_id","line") WHERE open_differences > 0;--> statement-breakpoint
CREATE INDEX "import_row_contact" ON "import_row" USING btree ("contact_id") WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX "spent_token_expires_at_index" ON "spent_token" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_merged_into_id_contact_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_merged_into_id_index" ON "contact" USING btree ("merged_into_id");--> statement-breakpoint
CREATE INDEX "contact_recent" ON "contact" USING btree ("last_activity_at","id") WHERE merged_into_id is null and erased_at is null;--> statement-breakpoint
CREATE INDEX "contact_tags" ON "contact" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "contact_alike" ON "contact" USING btree (lower(left("company", 4)),lower(left("last_name", 2))) WHERE merged_into_id is null and erased_at is null and company is not null and last_name is not null;--> statement-breakpoint
CREATE INDEX "audit_actor_id_id_index" ON "audit" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_action_id_index" ON "audit" USING btree ("action","id");--> statement-breakpoint
CREATE INDEX "sync_run_started" ON "sync_run" USING btree ("connection_id","started_at");