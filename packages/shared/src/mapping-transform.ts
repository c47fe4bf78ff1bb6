import { z } from "zod";

/** What becomes of a value of ours before it is compared and written. */
export const Transform = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  /** A telephone number as `+12025550123` or as its country writes it, `(202) 555-0123`. */
  z.strictObject({ kind: z.literal("phone"), to: z.enum(["e164", "national"]) }),
  z.strictObject({ kind: z.literal("case"), to: z.enum(["title", "upper", "lower"]) }),
  /** One half of a whole name: the last word, or all before it. */
  z.strictObject({ kind: z.literal("name"), part: z.enum(["first", "last"]) }),
  /** The same value for everybody, whatever the source. */
  z.strictObject({ kind: z.literal("fixed"), value: z.string().trim().min(1, "Write the value.").max(500) }),
  z.strictObject({ kind: z.literal("date"), to: z.enum(["date", "day_month_year", "month_day_year"]) }),
  /** Our value → the CRM's; ours are compared without case. A value that is not named is not written. */
  z.strictObject({
    kind: z.literal("options"),
    map: z
      .record(z.string().trim().min(1).max(200), z.string().min(1).max(200))
      .refine((map) => Object.keys(map).length > 0, "Name at least one value.")
      .refine((map) => Object.keys(map).length <= 100, "At most 100 values."),
  }),
]);
export type Transform = z.infer<typeof Transform>;
