import type { Db } from "../db/client.ts";
import { anyUserExists } from "../db/queries/user.ts";

export async function readIsSetUp(db: Db): Promise<boolean> {
  return await anyUserExists(db);
}
