import type { ConversationDetail } from "@rolodesk/shared/conversation";
import { useEffect, useMemo } from "preact/hooks";
import type { OpenConversation } from "../conversation/conversation-store.ts";
import { ContactPhoneCalls } from "../phone-calls/contact-phone-calls.tsx";
import { CrmPanelView } from "./crm-panel.tsx";
import { createCrmState } from "./crm-state.ts";
import { followCrm } from "./follow-crm.ts";
import { IdentityCard } from "./identity-card.tsx";
import { PreviousConversations } from "./previous-conversations.tsx";
import { ResizeHandle } from "./resize-handle.tsx";

interface SidebarProps {
  conversation: OpenConversation;
  detail: ConversationDetail;
  shown: boolean;
}

export function ConversationSidebar({ conversation, detail, shown }: SidebarProps) {
  const state = useMemo(() => createCrmState(conversation.id), [conversation]);
  useEffect(() => followCrm(state, () => conversation.detail.value?.contact.id ?? null), [state, conversation]);
  if (!shown) return null;
  return (
    <aside class="side" aria-label="Person and CRMs">
      <ResizeHandle />
      <div class="side-scroll">
        <IdentityCard conversation={conversation} detail={detail} />
        <CrmPanelView state={state} />
        {detail.contact.id && <ContactPhoneCalls key={detail.contact.id} contactId={detail.contact.id} quiet />}
        <PreviousConversations contact={detail.contact} />
      </div>
    </aside>
  );
}
