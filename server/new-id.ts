/** A new UUIDv7: ids sort by the time they were made. */
export { v7 as newId } from "uuid";
