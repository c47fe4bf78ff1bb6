import type { ContactDetail, SimilarContacts } from "@rolodesk/shared/contact";
import { fieldLabel } from "@rolodesk/shared/vocabulary";
import { useEffect, useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { DetailPage } from "../../components/detail-page.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { Refusal } from "../../components/refusal.tsx";
import { findSimilar, postContact } from "../../endpoints/contacts.ts";
import { useFormSend } from "../../forms/use-form-send.ts";
import { navigate } from "../../router.ts";
import { useTitle } from "../../use-title.ts";
import { countryOptions } from "../settings/sites/countries.ts";
import { SimilarList } from "./similar-list.tsx";

const FIELDS = ["firstName", "lastName", "email", "phone", "company", "title"] as const;
type Values = Record<(typeof FIELDS)[number], string>;

const NOTHING: Values = { firstName: "", lastName: "", email: "", phone: "", company: "", title: "" };
const SITES_OWN = { value: "", label: "As set for your sites" };
const TYPING_PAUSE_MS = 250;

/** Adds a person by hand, and says while it is typed who is there already. */
export function AddContactPage() {
  useTitle("Add a contact");
  const [values, setValues] = useState<Values>(NOTHING);
  const [country, setCountry] = useState("");
  const { similar, problem } = useSimilar(values.email, values.phone, country);
  const form = useFormSend([...FIELDS], async () => {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
    const made: ContactDetail = await postContact({
      ...given,
      ...(country === "" ? {} : { country }),
      evenIfSimilar: similar.length > 0,
    });
    navigate(`/contacts/${made.id}`, { replace: true });
  });
  return (
    <DetailPage back={{ path: "/contacts", label: "Contacts" }}>
      <header class="log-head">
        <h1>Add a contact</h1>
        <p class="log-lead">The email and phone you enter count as verified.</p>
      </header>
      <form
        class="contact-card contact-add"
        aria-label="New contact"
        onSubmit={(event) => {
          event.preventDefault();
          form.send();
        }}
      >
        {FIELDS.map((field) => (
          <TextField
            key={field}
            label={fieldLabel(field)}
            value={values[field]}
            error={form.fields[field]}
            onValue={(value) => setValues({ ...values, [field]: value })}
          />
        ))}
        <SelectField
          label="Country of a phone number without +"
          value={country}
          options={countryOptions().map((option) => (option.value === "" ? SITES_OWN : option))}
          onValue={setCountry}
        />
        <SimilarList similar={similar} />
        <Refusal problem={form.problem ?? problem} />
        <div class="ui-row">
          <Button type="submit" look="solid" busy={form.busy}>
            {similar.length > 0 ? "Add all the same" : "Add contact"}
          </Button>
        </div>
      </form>
    </DetailPage>
  );
}

/** Who has this email or phone, read once the typing has paused. */
function useSimilar(email: string, phone: string, country: string) {
  const [similar, setSimilar] = useState<SimilarContacts["items"]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    async function look(): Promise<void> {
      const typed = email.trim() !== "" || phone.trim() !== "";
      try {
        const found = typed ? (await findSimilar({ email, phone, ...(country === "" ? {} : { country }) })).items : [];
        if (left) return;
        setSimilar(found);
        setProblem(null);
      } catch (error) {
        const message = failureText(error);
        if (!left) setProblem(message);
      }
    }
    const timer = setTimeout(() => void look(), TYPING_PAUSE_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [email, phone, country]);
  return { similar, problem };
}
