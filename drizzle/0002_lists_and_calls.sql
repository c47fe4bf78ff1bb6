DROP INDEX "contact_search";--> statement-breakpoint
ALTER TABLE "phone_call_feed" ADD COLUMN "left_alone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "contact_words" ON "contact" USING gin ("first_name" gin_trgm_ops,"last_name" gin_trgm_ops,"company" gin_trgm_ops,"email" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "import_row_approved" ON "import_row" USING btree ("batch_id","line") WHERE status = 'approved';