import { LIKE_ENOUGH, likeness } from "../server/domain/contacts/likeness.ts";
import { labelledPeople, scoresOf } from "../tests/support/labelled-people.ts";

/** What suggestions of duplicates by name and company are worth at several thresholds, over sets of people whose duplicates are known. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const THRESHOLDS = [0.7, 0.75, 0.8, 0.84, 0.86, 0.88, LIKE_ENOUGH, 0.92, 0.94, 0.96, 0.98];

const sets = SEEDS.map(labelledPeople);
const scores = sets.map((people) => scoresOf(people, likeness, THRESHOLDS));
const contacts = sets.reduce((sum, { length }) => sum + length, 0);
console.log(`${contacts.toLocaleString("en")} contacts in ${SEEDS.length} sets\n`);
console.log(
  "| from | suggested | precision | least of a set | recall | least of a set |\n| ---: | ---: | ---: | ---: | ---: | ---: |",
);
for (const threshold of THRESHOLDS) {
  const here = scores.flatMap((set) => set.get(threshold) ?? []);
  const sum = (name: "suggested" | "right" | "duplicates") => here.reduce((total, one) => total + one[name], 0);
  const figures = [
    sum("right") / sum("suggested"),
    Math.min(...here.map(({ right, suggested }) => right / suggested)),
    sum("right") / sum("duplicates"),
    Math.min(...here.map(({ right, duplicates }) => right / duplicates)),
  ];
  console.log(`| ${[threshold, sum("suggested"), ...figures.map((figure) => figure.toFixed(3))].join(" | ")} |`);
}
