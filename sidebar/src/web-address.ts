/** The address when it leads to a web page; null for `javascript:` and whatever else a visitor or a CRM may hold. */
export function webAddress(value: string | null): string | null {
  if (value === null || !URL.canParse(value)) return null;
  const { protocol } = new URL(value);
  return protocol === "https:" || protocol === "http:" ? value : null;
}

/** Leaves the console for a page of a vendor's; the browser comes back from there by itself. */
export function openVendorPage(address: string): void {
  const page = webAddress(address);
  if (page) window.location.assign(page);
}
