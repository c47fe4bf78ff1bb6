/** Another attempt has taken the run over: this one's outcome is refused, and nothing of it is stored. */
export class LostLease extends Error {
  constructor() {
    super("Another attempt has taken this run over.");
    this.name = "LostLease";
  }
}
