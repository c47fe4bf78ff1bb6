import type { IdentityState } from "@rolodesk/shared/vocabulary";
import { CircleHelp, type IconNode, ShieldAlert, ShieldCheck } from "lucide";
import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

export type TagTone = "plain" | "ok" | "amber" | "danger" | "accent";

interface TagProps {
  tone: TagTone;
  children: ComponentChildren;
  icon?: IconNode;
  title?: string;
  /** Without frame and ground, for places with many of them. */
  quiet?: boolean;
}

export function Tag({ tone, children, icon, title, quiet }: TagProps) {
  return (
    <span class={`ui-tag ui-tag-${tone}${quiet ? " ui-tag-quiet" : ""}`} title={title}>
      {icon && <Icon node={icon} />}
      <span class="ui-tag-text">{children}</span>
    </span>
  );
}

/** How sure we are of who this is, always in words. An anonymous visitor claims nothing and gets no tag. */
export function IdentityTag({ state, quiet }: { state: IdentityState; quiet?: boolean }) {
  if (state === "verified") {
    return (
      <Tag quiet={quiet} tone="ok" icon={ShieldCheck} title="A signed token or an agent's word verified who this is.">
        Verified
      </Tag>
    );
  }
  if (state === "claimed") {
    return (
      <Tag quiet={quiet} tone="amber" icon={CircleHelp} title="The visitor typed this. Nobody has verified it.">
        Claimed
      </Tag>
    );
  }
  if (state === "failed") {
    return (
      <Tag
        quiet={quiet}
        tone="danger"
        icon={ShieldAlert}
        title="The website offered a signed identity that could not be verified."
      >
        Signature refused
      </Tag>
    );
  }
  return null;
}
