import type { TypedPerson } from "@rolodesk/shared/dry-run";
import type { Site } from "@rolodesk/shared/site";
import { SelectField, TextField } from "../../../components/field.tsx";

interface TypedPersonFieldsProps {
  person: TypedPerson;
  onPerson: (person: TypedPerson) => void;
  sites: readonly Site[];
  siteId: string;
  onSite: (siteId: string) => void;
  errors: Readonly<Record<string, string>>;
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
