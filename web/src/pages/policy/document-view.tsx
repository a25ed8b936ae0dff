import type { DocumentBlock } from "../../../../src/http/wire/policy.ts";
import { useShown } from "./document-context.tsx";
import styles from "./document-view.module.css";
import { InlineView } from "./inline-view.tsx";
import { ProgramView } from "./program-view.tsx";

/** The document as its authors wrote it. */
export function DocumentView({ blocks }: { readonly blocks: readonly DocumentBlock[] }) {
  return (
    <article className={styles.document}>
      <Blocks blocks={blocks} />
    </article>
  );
}

function Blocks({ blocks }: { readonly blocks: readonly DocumentBlock[] }) {
  return blocks.map((block) => <BlockView key={`${block.is} ${block.line}`} block={block} />);
}

function BlockView({ block }: { readonly block: DocumentBlock }) {
  const { terms, target } = useShown();
  switch (block.is) {
    case "heading": {
      // The page's own title is the first heading; the document's stand below it.
      const Heading = (["h2", "h2", "h3", "h4", "h5", "h6"] as const)[block.depth - 1] ?? "h6";
      return (
        <Heading id={block.id} className={styles[`h${Math.min(block.depth, 4)}`]}>
          <InlineView inlines={block.children} />
        </Heading>
      );
    }
    case "paragraph":
      return (
        <p>
          <InlineView inlines={block.children} terms={terms.get(block.line) ?? []} />
        </p>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List {...(block.ordered && block.start !== 1 ? { start: block.start } : {})}>
          {block.items.map(({ line, blocks }) => (
            <li key={line} id={`line-${line}`} tabIndex={-1} {...(target === line ? { className: styles.target } : {})}>
              <Blocks blocks={blocks} />
            </li>
          ))}
        </List>
      );
    }
    case "quote":
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case "code":
      return <pre>{block.text}</pre>;
    case "table":
      return (
        <div className={styles.table}>
          <table>
            <thead>
              <tr>
                {block.head.map((cell, place) => (
                  <th key={`${place}`} scope="col">
                    <InlineView inlines={cell} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, nth) => (
                <tr key={`${nth}`}>
                  {row.map((cell, place) => (
                    <td key={`${place}`}>
                      <InlineView inlines={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "rule":
      return <hr />;
    case "program":
      return <ProgramView lines={block.lines} />;
  }
}
