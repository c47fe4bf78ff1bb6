import type { SimilarContacts } from "@rolodesk/shared/contact";
import { Avatar } from "../../components/avatar.tsx";
import { followLink, hrefOf } from "../../router.ts";

/** People who have the same email or phone, to be opened instead. */
export function SimilarList({ similar }: { similar: SimilarContacts["items"] }) {
  return (
    <div role="status">
      {similar.length > 0 && (
        <div class="contact-similar">
          <p>
            <strong>Somebody is there already.</strong> Open the contact, or add another one all the same.
          </p>
          <ul>
            {similar.map(({ id, label, company, matchedBy }) => (
              <li key={id}>
                <a class="contacts-link" href={hrefOf(`/contacts/${id}`)} onClick={followLink}>
                  <Avatar label={label} size={36} />
                  <span class="log-row-main">
                    <span class="log-row-name" dir="auto">
                      {label}
                    </span>
                    <span class="log-row-about" dir="auto">
                      Same {matchedBy.join(" and ")}
                      {company && ` · ${company}`}
                    </span>
                  </span>
                  <span class="ui-link">Open</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
