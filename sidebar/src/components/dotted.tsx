import { Fragment } from "preact";

/** Several facts in one line. Each keeps its own direction of writing, so that none changes places with the next. */
export function Dotted({ parts }: { parts: readonly (string | null)[] }) {
  return (
    <>
      {parts.filter(Boolean).map((part, at) => (
        <Fragment key={part}>
          {at > 0 && " · "}
          <bdi>{part}</bdi>
        </Fragment>
      ))}
    </>
  );
}
