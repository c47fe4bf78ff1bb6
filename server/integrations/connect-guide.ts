/** What an admin does at the vendor before an account can be connected, in the vendor's words. */
export interface ConnectGuide {
  /** What is made there: "Private integration". */
  readonly name: string;
  /** For whom this way is. */
  readonly about: string;
  readonly steps: readonly string[];
  /** Scopes or permissions to tick there, as they are called there. */
  readonly scopes: readonly string[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
}
