import type { SetAttributes } from "@rolodesk/shared/realtime";
import { VisitorAttributes } from "@rolodesk/shared/visitor";
import type { VisitorActor } from "../../actor.ts";
import { lockOpenConversation, updateConversation } from "../../db/queries/conversation.ts";
import { lockVisitor, updateVisitor } from "../../db/queries/visitor.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { publishConversation } from "../conversations/publish-conversation.ts";

/** Adds to a visitor's attributes; null takes one away. Where they are goes to the open conversation as well. */
export async function setAttributes(
  deps: Deps,
  actor: VisitorActor,
  { attributes, page }: SetAttributes,
): Promise<void> {
  const openId = await deps.db.transaction(async (tx) => {
    const before = await lockVisitor(tx, actor.visitorId);
    const kept = Object.entries({ ...before.attributes, ...attributes }).filter(([, value]) => value !== null);
    const merged = VisitorAttributes.safeParse(Object.fromEntries(kept));
    if (!merged.success) throw new DomainError("bad_request", "A visitor can have at most 50 attributes.");
    await updateVisitor(tx, actor.visitorId, { attributes: merged.data, page: page ?? before.page });
    const open = await lockOpenConversation(tx, actor.visitorId);
    if (!open) return null;
    await updateConversation(tx, open.id, page ? { page } : {});
    return open.id;
  });
  if (openId) await publishConversation(deps, openId);
}
