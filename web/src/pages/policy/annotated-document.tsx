import { useCallback, useEffect, useMemo, useState } from "react";
import type { DocumentBlock, PolicyDocument } from "../../../../src/http/wire/policy.ts";
import { type Shown, ShownContext } from "./document-context.tsx";
import { DocumentView } from "./document-view.tsx";
import { firstMentions } from "./glossary.ts";
import { useHash } from "./hash.ts";

/** The document with its notes; a clause or a line named after the `#` of the address is shown, opened and marked. */
export function AnnotatedDocument({ document }: { readonly document: PolicyDocument }) {
  const hash = useHash();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const lines = useMemo(() => linesByClause(document.blocks), [document.blocks]);
  const target = lines.get(hash) ?? lineOf(hash);
  useEffect(() => {
    if (target === undefined) return;
    setOpened((before) => new Set([...before, target]));
    const line = globalThis.document.getElementById(`line-${target}`);
    line?.scrollIntoView({ block: "center" });
    line?.focus({ preventScroll: true });
  }, [target]);
  const toggle = useCallback((line: number) => {
    setOpened((before) => {
      const after = new Set(before);
      if (!after.delete(line)) after.add(line);
      return after;
    });
  }, []);
  const shown = useMemo<Shown>(
    () => ({
      target,
      opened,
      toggle,
      findings: new Map(document.findings.map((finding) => [finding.id, finding])),
      terms: firstMentions(document),
    }),
    [target, opened, toggle, document],
  );
  return (
    <ShownContext value={shown}>
      <DocumentView blocks={document.blocks} />
    </ShownContext>
  );
}

function lineOf(hash: string): number | undefined {
  const line = /^line-(\d+)$/.exec(hash)?.[1];
  return line === undefined ? undefined : Number(line);
}

function linesByClause(blocks: readonly DocumentBlock[]): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const walk = (block: DocumentBlock): void => {
    if (block.is === "program")
      for (const line of block.lines) for (const { id } of line.clauses) lines.set(id, line.line);
    if (block.is === "quote") block.blocks.forEach(walk);
    if (block.is === "list")
      for (const item of block.items) {
        for (const { id } of item.clauses) lines.set(id, item.line);
        item.blocks.forEach(walk);
      }
  };
  blocks.forEach(walk);
  return lines;
}
