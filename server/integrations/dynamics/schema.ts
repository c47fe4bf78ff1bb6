import { z } from "zod";
import { CLOUD_IDS, cloudAt, tokenUrlIn } from "./clouds.ts";

/** Left empty in the form: as if it had not been sent. */
function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema.optional());
}

const Address = z
  .url({ protocol: /^https?$/ })
  .transform((url) => url.replace(/[?#].*$/, "").replace(/\/(api\/data.*|main\.aspx)?$/, ""));

export const DynamicsSettings = z
  .object({
    environmentUrl: Address,
    tenantId: z
      .string()
      .trim()
      .regex(/^[\w.-]+$/, "The tenant is an id or a domain name."),
    cloud: z.preprocess((value) => value || "auto", z.enum(["auto", ...CLOUD_IDS])),
    tokenUrl: optional(z.url({ protocol: /^https?$/ })),
    appUrl: optional(Address),
    duplicateDetection: optional(z.enum(["on", "off"])),
  })
  // an address of no cloud at all is for usesVendorHosts to judge
  .refine(({ cloud, environmentUrl }) => cloud === "auto" || (cloudAt(environmentUrl) ?? cloud) === cloud, {
    path: ["environmentUrl"],
    error: "This environment is in another cloud than the one chosen.",
  })
  .transform(({ tokenUrl, appUrl, duplicateDetection, cloud, ...settings }) => ({
    ...settings,
    tokenUrl:
      tokenUrl ??
      tokenUrlIn(cloud === "auto" ? (cloudAt(settings.environmentUrl) ?? "commercial") : cloud, settings.tenantId),
    appUrl: appUrl ?? settings.environmentUrl.replace(".api.crm", ".crm"),
    duplicateDetection: duplicateDetection ?? "on",
  }));
export type DynamicsSettings = z.infer<typeof DynamicsSettings>;

export const DynamicsCredentials = z.object({ clientId: z.string().trim().min(1), clientSecret: z.string().min(1) });
export type DynamicsCredentials = z.infer<typeof DynamicsCredentials>;

/** `AccountInfo.facts` of a connection. */
export const DynamicsFacts = z
  .object({ userId: z.string(), organizationId: z.string(), leadSubjectMaxLength: z.number().int().positive() })
  .partial();

/** A contact or lead as the Web API answers: always its etag, state and names; further columns as asked for. */
export const PersonRow = z.looseObject({
  "@odata.etag": z.string().min(1),
  contactid: z.string().optional(),
  leadid: z.string().optional(),
  statecode: z.number(),
  modifiedon: z.string().nullish(),
  firstname: z.string().nullish(),
  lastname: z.string().nullish(),
  _masterid_value: z.string().nullish(),
  _parentcontactid_value: z.string().nullish(),
  _originatingleadid_value: z.string().nullish(),
});
export type PersonRow = z.infer<typeof PersonRow>;

export const PersonRows = z.object({ value: z.array(PersonRow) });

/** What change tracking tells of a row that is gone. */
const DeletedRow = z.object({ id: z.string().min(1), reason: z.string() });

export const TrackedRows = z.object({
  value: z.array(z.union([PersonRow, DeletedRow])),
  "@odata.nextLink": z.string().optional(),
  "@odata.deltaLink": z.string().optional(),
});

/** What a column of a mapped type can hold. */
export const ColumnValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const WhoAmI = z.object({ UserId: z.string().min(1), OrganizationId: z.string().min(1) });
export const OrganizationRow = z.object({ name: z.string() });
export const TableDefinition = z.object({ LogicalName: z.string(), IsOptimisticConcurrencyEnabled: z.boolean() });
export const TextColumn = z.object({ MaxLength: z.number().int().positive() });

const Label = z.object({ UserLocalizedLabel: z.object({ Label: z.string().nullable() }).nullish() }).nullish();

const TypeName = z.object({ Value: z.string() }).nullish();

export const ColumnList = z.object({
  value: z.array(z.object({ LogicalName: z.string(), AttributeType: z.string(), AttributeTypeName: TypeName })),
});

export const AttributeList = z.object({
  value: z.array(
    z.object({
      LogicalName: z.string(),
      AttributeType: z.string(),
      AttributeTypeName: TypeName,
      AttributeOf: z.string().nullish(),
      DisplayName: Label,
      RequiredLevel: z.object({ Value: z.string() }).nullish(),
      IsValidForUpdate: z.boolean().nullish(),
      IsValidForRead: z.boolean().nullish(),
      IsValidODataAttribute: z.boolean().nullish(),
      IsCustomAttribute: z.boolean().nullish(),
      SourceType: z.number().nullish(),
    }),
  ),
});

export const TextAttributeList = z.object({
  value: z.array(
    z.object({
      LogicalName: z.string(),
      MaxLength: z.number().nullish(),
      FormatName: z.object({ Value: z.string() }).nullish(),
    }),
  ),
});

export const DateAttributeList = z.object({
  value: z.array(z.object({ LogicalName: z.string(), Format: z.string().nullish() })),
});

const OptionSet = z.object({ Options: z.array(z.object({ Value: z.number(), Label })) });
export type OptionSet = z.infer<typeof OptionSet>;

export const OptionAttributeList = z.object({
  value: z.array(
    z.object({ LogicalName: z.string(), OptionSet: OptionSet.nullish(), GlobalOptionSet: OptionSet.nullish() }),
  ),
});

const Word = z.object({ Label }).nullish();
const YesAndNo = z.object({ TrueOption: Word, FalseOption: Word }).nullish();

export const BooleanAttributeList = z.object({
  value: z.array(z.object({ LogicalName: z.string(), OptionSet: YesAndNo, GlobalOptionSet: YesAndNo })),
});
