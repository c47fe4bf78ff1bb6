import { OUTGOING_EVENT_TYPES, type OutgoingEventType } from "@rolodesk/shared/vocabulary";
import type { NewEndpoint, WebhookEndpoint } from "@rolodesk/shared/webhook-endpoint";
import { useState } from "preact/hooks";
import { CheckList } from "../../../components/check-list.tsx";
import { TextField } from "../../../components/field.tsx";
import { SendForm } from "../../../forms/send-form.tsx";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { SitesServed } from "../sites-served.tsx";
import { EVENT_WORDS } from "./webhook-words.ts";

const EVENTS = OUTGOING_EVENT_TYPES.map((value) => ({ value, label: EVENT_WORDS[value] }));

interface EndpointFormProps {
  title: string;
  submit: string;
  /** What it is now, when it is changed. */
  endpoint?: WebhookEndpoint;
  onSend: (input: NewEndpoint) => Promise<void>;
  onCancel: () => void;
}

export function EndpointForm({ title, submit, endpoint, onSend, onCancel }: EndpointFormProps) {
  const [name, setName] = useState(endpoint?.name ?? "");
  const [url, setUrl] = useState(endpoint?.url ?? "");
  const [events, setEvents] = useState<readonly OutgoingEventType[]>(endpoint?.events ?? []);
  const [siteIds, setSiteIds] = useState<string[]>([...(endpoint?.siteIds ?? [])]);
  const form = useFormSend(["name", "url", "events"], () => onSend({ name, url, events: [...events], siteIds }));
  return (
    <SendForm form={form} title={title} submit={submit} onCancel={onCancel}>
      <TextField
        label="Who is told"
        required
        autofocus
        value={name}
        onValue={setName}
        hint="For example: order system"
        error={form.fields.name}
      />
      <TextField
        label="Address"
        required
        value={url}
        onValue={setUrl}
        hint="Where we send, for example https://example.com/hooks"
        error={form.fields.url}
      />
      <CheckList
        label="What it is told of"
        options={EVENTS}
        chosen={events}
        onChange={setEvents}
        error={form.fields.events}
      />
      <SitesServed label="Sites it is told of" siteIds={siteIds} onChange={setSiteIds} />
    </SendForm>
  );
}
