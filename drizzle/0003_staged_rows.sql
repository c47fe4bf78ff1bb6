ALTER TABLE "import_row" DROP CONSTRAINT "import_row_batch_id_import_batch_id_fk";
--> statement-breakpoint
DROP INDEX "contact_identity_kind_norm_index";--> statement-breakpoint
ALTER TABLE "connection_budget" ADD COLUMN "eased_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "import_row" ADD COLUMN "words" text GENERATED ALWAYS AS (lower(jsonb_path_query_array(cells, '$.*')::text)) STORED;--> statement-breakpoint
CREATE INDEX "contact_hidden" ON "contact" USING btree ("id") WHERE merged_into_id is not null or erased_at is not null;--> statement-breakpoint
CREATE INDEX "contact_identity_kind_norm_contact_id_index" ON "contact_identity" USING btree ("kind","norm","contact_id");--> statement-breakpoint
UPDATE "import_row" SET "contact_id" = null WHERE "class" = 'matched' AND NOT "chosen" AND "status" IN ('pending', 'approved', 'rejected');