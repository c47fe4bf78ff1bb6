CREATE TABLE "api_key" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"site_ids" uuid[],
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_key_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"impersonated_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"role" text DEFAULT 'agent' NOT NULL,
	"banned" boolean DEFAULT false NOT NULL,
	"ban_reason" text,
	"ban_expires" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connection" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"problem" text,
	"settings" jsonb NOT NULL,
	"credentials" text NOT NULL,
	"webhook_secret" text,
	"webhook_signing" text,
	"credential_hints" jsonb NOT NULL,
	"account_id" text NOT NULL,
	"account_name" text NOT NULL,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"verified_only" boolean DEFAULT false NOT NULL,
	"lookup_order" text DEFAULT 'email_first' NOT NULL,
	"add_transcript" boolean DEFAULT false NOT NULL,
	"wait_until" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connection_site" (
	"connection_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	CONSTRAINT "connection_site_connection_id_site_id_pk" PRIMARY KEY("connection_id","site_id")
);
--> statement-breakpoint
CREATE TABLE "crm_field_cache" (
	"connection_id" uuid NOT NULL,
	"object" text NOT NULL,
	"fields" jsonb NOT NULL,
	"fetched_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "crm_field_cache_connection_id_object_pk" PRIMARY KEY("connection_id","object")
);
--> statement-breakpoint
CREATE TABLE "field_mapping" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"field" text NOT NULL,
	"object" text NOT NULL,
	"property" text NOT NULL,
	"policy" text NOT NULL,
	"transform" jsonb DEFAULT '{"kind":"none"}'::jsonb NOT NULL,
	CONSTRAINT "field_mapping_connection_id_object_property_unique" UNIQUE("connection_id","object","property")
);
--> statement-breakpoint
CREATE TABLE "contact" (
	"id" uuid PRIMARY KEY NOT NULL,
	"first_name" text,
	"last_name" text,
	"email" text,
	"phone" text,
	"company" text,
	"title" text,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"origins" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_identity" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contact_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"norm" text NOT NULL,
	"value" text NOT NULL,
	"source" text NOT NULL,
	"conversation_id" uuid,
	"verified_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_identity_contact_id_kind_norm_unique" UNIQUE("contact_id","kind","norm")
);
--> statement-breakpoint
CREATE TABLE "conversation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"site_id" uuid NOT NULL,
	"visitor_id" uuid NOT NULL,
	"contact_id" uuid,
	"status" text DEFAULT 'open' NOT NULL,
	"ended_by" text,
	"ended_at" timestamp (3) with time zone,
	"close_count" integer DEFAULT 0 NOT NULL,
	"assignee_id" text,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"last_message_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"read_by_visitor" integer DEFAULT 0 NOT NULL,
	"read_by_agents" integer DEFAULT 0 NOT NULL,
	"page" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversation_ended" CHECK ((status = 'ended') = (ended_at is not null))
);
--> statement-breakpoint
CREATE TABLE "fact" (
	"id" uuid PRIMARY KEY NOT NULL,
	"conversation_id" uuid NOT NULL,
	"field" text NOT NULL,
	"value" text NOT NULL,
	"message_seq" integer,
	"verified" boolean DEFAULT false NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"client_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"author_id" text,
	"author_name" text,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_conversation_id_seq_unique" UNIQUE("conversation_id","seq"),
	CONSTRAINT "message_conversation_id_client_id_unique" UNIQUE("conversation_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "visitor" (
	"id" uuid PRIMARY KEY NOT NULL,
	"site_id" uuid NOT NULL,
	"identity" text DEFAULT 'anonymous' NOT NULL,
	"subject" text,
	"contact_id" uuid,
	"stated" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"page" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visitor_session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"visitor_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"renew_until" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "visitor_session_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"contact_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker_process" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lock_key" bigint NOT NULL,
	"worker_ids" text[] DEFAULT '{}' NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "worker_process_lock_key_unique" UNIQUE("lock_key")
);
--> statement-breakpoint
CREATE TABLE "site" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"accent" text NOT NULL,
	"greeting" text NOT NULL,
	"origins" text[] NOT NULL,
	"default_country" text,
	"ask" jsonb NOT NULL,
	"idle_minutes" integer NOT NULL,
	"identity_secret" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "site_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "site_agent" (
	"site_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	CONSTRAINT "site_agent_site_id_user_id_pk" PRIMARY KEY("site_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "conflict" (
	"id" uuid PRIMARY KEY NOT NULL,
	"link_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"field" text NOT NULL,
	"property" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"crm_value" jsonb,
	"stale_since" timestamp (3) with time zone,
	"applying_since" timestamp (3) with time zone,
	"chat_value" jsonb NOT NULL,
	"replaced" jsonb,
	"base_value" jsonb,
	"crm_source" text,
	"conversation_id" uuid,
	"message_seq" integer,
	"earlier" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"problem" text,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conflict_decided" CHECK ((status in ('applied', 'kept')) = (decided_at is not null))
);
--> statement-breakpoint
CREATE TABLE "create_claim" (
	"connection_id" uuid NOT NULL,
	"key" text NOT NULL,
	"contact_id" uuid NOT NULL,
	"create_key" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "create_claim_connection_id_key_pk" PRIMARY KEY("connection_id","key")
);
--> statement-breakpoint
CREATE TABLE "crm_link" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contact_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"object" text NOT NULL,
	"external_id" text NOT NULL,
	"aliases" text[] DEFAULT '{}' NOT NULL,
	"state" text DEFAULT 'live' NOT NULL,
	"closed_reason" text,
	"matched_by" text NOT NULL,
	"matched_reason" text NOT NULL,
	"base" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"seen" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"url" text,
	"last_synced_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "crm_note" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"remote_id" text,
	"problem" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "crm_note_connection_id_conversation_id_unique" UNIQUE("connection_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "dismissal" (
	"link_id" uuid NOT NULL,
	"property" text NOT NULL,
	"chat_value" text NOT NULL,
	"crm_value" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dismissal_link_id_property_chat_value_crm_value_pk" PRIMARY KEY("link_id","property","chat_value","crm_value")
);
--> statement-breakpoint
CREATE TABLE "settlement" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"decision" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"waits_until" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "settlement_row" (
	"settlement_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"conflict_id" uuid NOT NULL,
	"seen_crm_value" jsonb,
	"seen_chat_value" jsonb NOT NULL,
	"outcome" text,
	"problem" text,
	CONSTRAINT "settlement_row_settlement_id_position_pk" PRIMARY KEY("settlement_id","position"),
	CONSTRAINT "settlement_row_settlement_id_conflict_id_unique" UNIQUE("settlement_id","conflict_id")
);
--> statement-breakpoint
CREATE TABLE "sync_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cause" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"contact_id" uuid,
	"conversation_id" uuid NOT NULL,
	"trigger" text NOT NULL,
	"choice" jsonb,
	"answered_at" timestamp (3) with time zone,
	"status" text DEFAULT 'queued' NOT NULL,
	"result" text,
	"reason" text,
	"suggestion" text,
	"matched_by" text,
	"plan" jsonb,
	"candidates" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"conflicts_queued" integer DEFAULT 0 NOT NULL,
	"lease" uuid,
	"create_sent_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"calls" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"duration_ms" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "sync_run_connection_id_cause_unique" UNIQUE("connection_id","cause")
);
--> statement-breakpoint
CREATE TABLE "webhook_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"event_id" text NOT NULL,
	"kind" text NOT NULL,
	"object" text NOT NULL,
	"external_id" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"outcome" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_event_connection_id_event_id_unique" UNIQUE("connection_id","event_id")
);
--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_site" ADD CONSTRAINT "connection_site_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_site" ADD CONSTRAINT "connection_site_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_field_cache" ADD CONSTRAINT "crm_field_cache_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "field_mapping" ADD CONSTRAINT "field_mapping_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_identity" ADD CONSTRAINT "contact_identity_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_visitor_id_visitor_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitor"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_assignee_id_user_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fact" ADD CONSTRAINT "fact_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitor" ADD CONSTRAINT "visitor_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitor" ADD CONSTRAINT "visitor_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitor_session" ADD CONSTRAINT "visitor_session_visitor_id_visitor_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitor"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_agent" ADD CONSTRAINT "site_agent_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_agent" ADD CONSTRAINT "site_agent_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflict" ADD CONSTRAINT "conflict_link_id_crm_link_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."crm_link"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflict" ADD CONSTRAINT "conflict_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflict" ADD CONSTRAINT "conflict_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflict" ADD CONSTRAINT "conflict_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "create_claim" ADD CONSTRAINT "create_claim_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "create_claim" ADD CONSTRAINT "create_claim_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_link" ADD CONSTRAINT "crm_link_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_link" ADD CONSTRAINT "crm_link_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_note" ADD CONSTRAINT "crm_note_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_note" ADD CONSTRAINT "crm_note_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_note" ADD CONSTRAINT "crm_note_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dismissal" ADD CONSTRAINT "dismissal_link_id_crm_link_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."crm_link"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement" ADD CONSTRAINT "settlement_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement_row" ADD CONSTRAINT "settlement_row_settlement_id_settlement_id_fk" FOREIGN KEY ("settlement_id") REFERENCES "public"."settlement"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement_row" ADD CONSTRAINT "settlement_row_conflict_id_conflict_id_fk" FOREIGN KEY ("conflict_id") REFERENCES "public"."conflict"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_event" ADD CONSTRAINT "webhook_event_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user_id_index" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user_id_index" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verification_identifier_index" ON "verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "contact_search" ON "contact" USING gin ((coalesce("first_name", '') || ' ' || coalesce("last_name", '') || ' ' || coalesce("email", '') || ' ' || coalesce("phone", '') || ' ' || coalesce("company", '')) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "contact_identity_kind_norm_index" ON "contact_identity" USING btree ("kind","norm");--> statement-breakpoint
CREATE INDEX "contact_identity_search" ON "contact_identity" USING gin ("norm" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "conversation_site_id_status_last_message_at_index" ON "conversation" USING btree ("site_id","status","last_message_at");--> statement-breakpoint
CREATE INDEX "conversation_status_last_message_at_id_index" ON "conversation" USING btree ("status","last_message_at","id");--> statement-breakpoint
CREATE INDEX "conversation_assignee_id_status_last_message_at_index" ON "conversation" USING btree ("assignee_id","status","last_message_at");--> statement-breakpoint
CREATE INDEX "conversation_visitor_id_index" ON "conversation" USING btree ("visitor_id");--> statement-breakpoint
CREATE INDEX "conversation_contact_id_index" ON "conversation" USING btree ("contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_one_open_per_visitor" ON "conversation" USING btree ("visitor_id") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "fact_conversation_id_field_index" ON "fact" USING btree ("conversation_id","field");--> statement-breakpoint
CREATE INDEX "message_search" ON "message" USING gin (to_tsvector('simple', "text"));--> statement-breakpoint
CREATE UNIQUE INDEX "visitor_subject" ON "visitor" USING btree ("site_id","subject") WHERE subject is not null;--> statement-breakpoint
CREATE INDEX "visitor_contact_id_index" ON "visitor" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "visitor_session_visitor_id_index" ON "visitor_session" USING btree ("visitor_id");--> statement-breakpoint
CREATE INDEX "audit_subject_kind_subject_id_index" ON "audit" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "audit_contact_id_index" ON "audit" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "audit_created_at_index" ON "audit" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "conflict_one_pending" ON "conflict" USING btree ("link_id","property") WHERE status in ('pending', 'applying');--> statement-breakpoint
CREATE INDEX "conflict_contact_id_index" ON "conflict" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "conflict_open" ON "conflict" USING btree ("id") WHERE status in ('pending', 'applying');--> statement-breakpoint
CREATE INDEX "conflict_decided_at" ON "conflict" USING btree ("decided_at","id") WHERE status in ('applied', 'kept');--> statement-breakpoint
CREATE UNIQUE INDEX "crm_link_one_per_contact" ON "crm_link" USING btree ("contact_id","connection_id") WHERE state = 'live';--> statement-breakpoint
CREATE UNIQUE INDEX "crm_link_one_per_record" ON "crm_link" USING btree ("connection_id","object","external_id") WHERE state = 'live';--> statement-breakpoint
CREATE INDEX "settlement_user_id_index" ON "settlement" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sync_run_conversation_id_index" ON "sync_run" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "sync_run_contact_id_index" ON "sync_run" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "sync_run_created_at_id_index" ON "sync_run" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "sync_run_connection_id_created_at_id_index" ON "sync_run" USING btree ("connection_id","created_at","id");--> statement-breakpoint
CREATE INDEX "sync_run_finished_at_index" ON "sync_run" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "sync_run_failed" ON "sync_run" USING btree ("connection_id","id") WHERE status = 'failed';--> statement-breakpoint
CREATE INDEX "sync_run_unfinished" ON "sync_run" USING btree ("connection_id") WHERE status in ('queued', 'running', 'waiting');--> statement-breakpoint
CREATE INDEX "webhook_event_connection_id_created_at_index" ON "webhook_event" USING btree ("connection_id","created_at");--> statement-breakpoint
CREATE INDEX "webhook_event_waiting" ON "webhook_event" USING btree ("connection_id","object","external_id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_event_finished" ON "webhook_event" USING btree ("finished_at");