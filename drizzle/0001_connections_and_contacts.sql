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
ALTER TABLE "contact" ADD CONSTRAINT "contact_merged_into_id_contact_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_merged_into_id_index" ON "contact" USING btree ("merged_into_id");--> statement-breakpoint
CREATE INDEX "contact_tags" ON "contact" USING gin ("tags");