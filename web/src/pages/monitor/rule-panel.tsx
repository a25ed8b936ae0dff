import { Link } from "wouter";
import type { ShownMonitor } from "../../../../src/http/wire/monitors.ts";
import { Notice, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { matcherText } from "../muting/matchers.ts";
import styles from "./rule-panel.module.css";
import { words } from "./words.ts";

/** The rule in words, where it comes from, and what it watches. */
export function RulePanel({ monitor }: { readonly monitor: ShownMonitor }) {
  const w = useWords(words);
  const { rule, from, managedBy, item } = monitor;
  const clauses = [...new Set(rule.thresholds.flatMap(({ clause }) => clause ?? []))];
  return (
    <Panel title={w.rule}>
      <div className={styles.rule}>
        {managedBy !== null && <Notice tone="info">{w.managed(managedBy)}</Notice>}
        {monitor.warnings.length > 0 && (
          <Notice tone="warn">
            {monitor.warnings.map((warning) => (
              <p key={warning}>{warning}</p>
            ))}
          </Notice>
        )}
        <p className={styles.words}>{monitor.words}</p>
        <dl className={styles.facts}>
          <div>
            <dt>{w.fromLabel}</dt>
            <dd>
              {w.from[from]}{" "}
              {clauses.map((clause) => (
                <Link key={clause} href={`/policy#${encodeURIComponent(clause)}`}>
                  {w.toClause}
                </Link>
              ))}
            </dd>
          </div>
          <div>
            <dt>{w.item}</dt>
            <dd>{item === null ? w.noItem : <Link href="/monitors/coverage">{item}</Link>}</dd>
          </div>
          <div>
            <dt>{w.metric}</dt>
            <dd>
              <code>
                {rule.query.metric}
                {rule.query.matchers.length > 0 && `{${rule.query.matchers.map(matcherText).join(", ")}}`}
              </code>
            </dd>
          </div>
          {rule.service !== undefined && (
            <div>
              <dt>{w.service}</dt>
              <dd>{rule.service}</dd>
            </div>
          )}
        </dl>
      </div>
    </Panel>
  );
}
