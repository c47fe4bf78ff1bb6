const LABELS: Readonly<Record<string, string>> = {
  firstName: "First name",
  lastName: "Last name",
  email: "Email",
  phone: "Phone",
  company: "Company",
  title: "Job title",
};

/** Our fields as people call them. */
export function fieldLabel(field: string): string {
  return LABELS[field] ?? field;
}
