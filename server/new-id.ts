import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

const RANDOM_BYTES = 16;

/** Randomness for many ids at once: asking the system for each costs more than everything else about an id. */
const pool = Buffer.alloc(256 * RANDOM_BYTES);
let spent = pool.length;
let msecs = 0;
let seq = 0;

/** A new UUIDv7: ids sort by the time they were made, those of one process also within a millisecond. */
export function newId(): string {
  const random = takeRandom();
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    // 31 bits, so that there is room to count on
    seq = random.readUInt32BE(6) >>> 1;
  } else {
    seq += 1;
  }
  return v7({ msecs, seq, random });
}

function takeRandom(): Buffer {
  if (spent === pool.length) {
    randomFillSync(pool);
    spent = 0;
  }
  spent += RANDOM_BYTES;
  return pool.subarray(spent - RANDOM_BYTES, spent);
}
