import { linkify } from "../linkify.ts";

/** Text as text nodes, with its safe links. */
export function MessageText({ text }: { text: string }) {
  return (
    <>
      {linkify(text).map((piece) =>
        typeof piece === "string" ? (
          piece
        ) : (
          <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ),
      )}
    </>
  );
}
