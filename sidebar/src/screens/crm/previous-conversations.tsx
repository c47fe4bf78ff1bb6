import type { ConversationDetail } from "@rolodesk/shared/conversation";
import { RelativeTime } from "../../components/relative-time.tsx";
import { followLink, hrefOf } from "../../router.ts";

export function PreviousConversations({ contact }: { contact: ConversationDetail["contact"] }) {
  const previous = contact.previousConversations;
  if (previous.length === 0) return null;
  return (
    <section class="previous" aria-labelledby="previous-title">
      <h2 id="previous-title">Previous conversations</h2>
      <ul>
        {previous.map((conversation) => (
          <li key={conversation.id}>
            <a href={hrefOf(`/inbox/${conversation.id}`)} onClick={followLink}>
              <span class="previous-preview">{conversation.preview === "" ? "No messages" : conversation.preview}</span>
              <span class="previous-when">
                {conversation.status === "open" && "Open · "}
                <RelativeTime at={conversation.startedAt} style="short" />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
