/** A secret while it is written. */
export type DraftSecret = { readonly how: "text" | "env" | "file" | "drop"; readonly text: string };

/** As the server takes it; undefined leaves what is stored. */
export function secretValue({ how, text }: DraftSecret): unknown {
  if (how === "drop") return null;
  if (text.trim() === "") return undefined;
  return how === "text" ? text : { [how]: text.trim() };
}
