import type { TypedPerson } from "@rolodesk/shared/dry-run";
import type { Site } from "@rolodesk/shared/site";
import { useState } from "preact/hooks";
import { Field, SelectField, TextField } from "../../../components/field.tsx";
import { linesOfMap, mapOfLines } from "../mapping/transform-words.ts";

interface TypedPersonFieldsProps {
  person: TypedPerson;
  onPerson: (person: TypedPerson) => void;
  sites: readonly Site[];
  siteId: string;
  onSite: (siteId: string) => void;
  errors: Readonly<Record<string, string>>;
}

/** Lines without a name and a value say nothing yet, and stay as they are typed. */
function AttributeLines(props: {
  attributes: TypedPerson["attributes"];
  onAttributes: (attributes: TypedPerson["attributes"]) => void;
  error: string | undefined;
}) {
  const [lines, setLines] = useState(() => linesOfMap(props.attributes));
  return (
    <Field
      label="Website attributes"
      optional
      hint="One a line, as the website sets them: plan = pro"
      error={props.error}
    >
      {(attributes) => (
        <textarea
          {...attributes}
          class="ui-input"
          rows={3}
          spellcheck={false}
          value={lines}
          onInput={(event) => {
            setLines(event.currentTarget.value);
            props.onAttributes(mapOfLines(event.currentTarget.value));
          }}
        />
      )}
    </Field>
  );
}

/** What somebody would say of themselves, and on which site. */
export function TypedPersonFields({ person, onPerson, sites, siteId, onSite, errors }: TypedPersonFieldsProps) {
  return (
    <div class="dry-run-person">
      <TextField
        label="First name"
        optional
        value={person.firstName}
        onValue={(firstName) => onPerson({ ...person, firstName })}
      />
      <TextField
        label="Last name"
        optional
        value={person.lastName}
        onValue={(lastName) => onPerson({ ...person, lastName })}
      />
      <TextField
        label="Email"
        optional
        value={person.email}
        error={errors["person.email"]}
        onValue={(email) => onPerson({ ...person, email })}
      />
      <TextField
        label="Phone"
        optional
        value={person.phone}
        error={errors["person.phone"]}
        onValue={(phone) => onPerson({ ...person, phone })}
      />
      <AttributeLines
        attributes={person.attributes}
        onAttributes={(attributes) => onPerson({ ...person, attributes })}
        error={Object.entries(errors).find(([path]) => path.startsWith("person.attributes"))?.[1]}
      />
      {sites.length > 1 && (
        <SelectField
          label="Site"
          hint="Its connections are tried, and its country reads numbers without a code."
          value={siteId}
          options={sites.map(({ id, name }) => ({ value: id, label: name }))}
          onValue={onSite}
        />
      )}
    </div>
  );
}
