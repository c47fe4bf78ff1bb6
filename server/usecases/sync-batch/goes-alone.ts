/** What the push of one run takes is more than its batch knows. */
export class GoesAlone extends Error {
  constructor() {
    super("This run is pushed by itself.");
    this.name = "GoesAlone";
  }
}
