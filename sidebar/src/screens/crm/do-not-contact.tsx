import type { ContactChannel } from "@rolodesk/shared/vocabulary";
import { BellOff } from "lucide";
import { Icon } from "../../components/icon.tsx";

const CHANNEL_WORDS: Readonly<Record<ContactChannel, string>> = {
  all: "in any way",
  email: "email",
  sms: "SMS",
  call: "phone",
  whatsapp: "WhatsApp",
  other: "other channels",
};

/** "by email and SMS"; `all` says it all. */
export function channelsText(channels: readonly ContactChannel[]): string {
  if (channels.includes("all")) return CHANNEL_WORDS.all;
  const named = channels.map((channel) => CHANNEL_WORDS[channel]);
  return `by ${new Intl.ListFormat("en", { type: "conjunction" }).format(named)}`;
}

/** That a person must not be written to, wherever somebody might; nothing where they may be. */
export function DoNotContact({ channels, advice }: { channels: readonly ContactChannel[]; advice?: string }) {
  if (channels.length === 0) return null;
  return (
    <p class="do-not-contact" role="note">
      <Icon node={BellOff} />
      <span>
        <strong>Do not contact</strong> {channelsText(channels)}.{advice && ` ${advice}`}
      </span>
    </p>
  );
}
