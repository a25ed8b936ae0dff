declare const brand: unique symbol;

/** A text that names one thing of kind K; ids of different kinds do not mix. */
export type Id<K extends string> = string & { readonly [brand]: K };

/** Says that this text is an id of that kind: at the edges (a row read, a path parameter) and nowhere else. */
export function asId<K extends string>(text: string): Id<K> {
  return text as Id<K>;
}
