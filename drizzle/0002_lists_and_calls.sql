ALTER TABLE "import_row" DROP CONSTRAINT "import_row_batch_id_import_batch_id_fk";
--> statement-breakpoint
DROP INDEX "contact_search";--> statement-breakpoint
DROP INDEX "contact_identity_kind_norm_index";--> statement-breakpoint
ALTER TABLE "connection_budget" ADD COLUMN "eased_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "phone_call_feed" ADD COLUMN "left_alone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "import_row" ADD COLUMN "words" text GENERATED ALWAYS AS (lower(jsonb_path_query_array(cells, '$.*')::text)) STORED;--> statement-breakpoint
CREATE INDEX "contact_hidden" ON "contact" USING btree ("id") WHERE merged_into_id is not null or erased_at is not null;--> statement-breakpoint
CREATE INDEX "contact_words" ON "contact" USING gin ("first_name" gin_trgm_ops,"last_name" gin_trgm_ops,"company" gin_trgm_ops,"email" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "contact_identity_kind_norm_contact_id_index" ON "contact_identity" USING btree ("kind","norm","contact_id");--> statement-breakpoint
CREATE INDEX "import_row_approved" ON "import_row" USING btree ("batch_id","line") WHERE status = 'approved';