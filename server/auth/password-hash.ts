import { hash, verify } from "@node-rs/argon2";

/** OWASP's floor for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** argon2id, which is the library's default algorithm, in PHC format. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password, COST);
}

export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  return await verify(stored, password);
}
