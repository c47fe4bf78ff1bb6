import type { ComponentChildren } from "preact";
import { useTitle } from "../../use-title.ts";

/** The frame of the pages before sign-in. */
export function Outside({ title, lead, children }: { title: string; lead?: string; children: ComponentChildren }) {
  useTitle(title);
  return (
    <main class="outside">
      <div class="outside-card">
        <img src={`${import.meta.env.BASE_URL}icon.svg`} width="40" height="40" alt="" />
        <h1>{title}</h1>
        {lead && <p class="outside-lead">{lead}</p>}
        {children}
      </div>
    </main>
  );
}
