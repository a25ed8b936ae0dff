import { Fragment } from "react";
import type { Inline } from "../../../../src/http/wire/policy.ts";
import { cutAtTerms, type Term } from "./glossary.ts";
import { TermMark } from "./term-mark.tsx";

/** Running text of the document. What it says is text and never markup of ours. */
export function InlineView({
  inlines,
  terms = [],
}: {
  readonly inlines: readonly Inline[];
  readonly terms?: readonly Term[];
}) {
  return inlines.map((one, place) => {
    // The document does not change while it is shown: a piece is known by its place.
    const key = `${place}`;
    switch (one.is) {
      case "text":
        return <TermedText key={key} text={one.text} terms={terms} />;
      case "code":
        return <code key={key}>{one.text}</code>;
      case "strong":
        return (
          <strong key={key}>
            <InlineView inlines={one.children} terms={terms} />
          </strong>
        );
      case "emphasis":
        return (
          <em key={key}>
            <InlineView inlines={one.children} terms={terms} />
          </em>
        );
      case "break":
        return <br key={key} />;
    }
  });
}

export function TermedText({ text, terms }: { readonly text: string; readonly terms: readonly Term[] }) {
  return cutAtTerms(text, terms).map((piece, place) => (
    <Fragment key={`${place}`}>{typeof piece === "string" ? piece : <TermMark term={piece} />}</Fragment>
  ));
}
