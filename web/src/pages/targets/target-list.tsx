import { Link } from "wouter";
import type { ShownTarget } from "../../../../src/http/wire/monitors.ts";
import { Button } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Rows } from "../../kit/rows.tsx";
import { Time } from "../../kit/time.tsx";
import { useValueText } from "../../kit/use-value-text.ts";
import { useLocale, useWords } from "../../words/locale.tsx";
import { writeLength } from "../monitor-editor/written-value.ts";
import styles from "./targets.module.css";
import { words } from "./words.ts";

/** Targets with what became of the last collection of each; what fails stands first. */
export function TargetList({
  targets,
  onOpen,
}: {
  readonly targets: readonly ShownTarget[];
  readonly onOpen?: (target: ShownTarget) => void;
}) {
  const w = useWords(words);
  const sorted = [...targets].sort((one, other) => rank(one) - rank(other) || one.id.localeCompare(other.id));
  return (
    <Rows label={w.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.columns.name}</th>
            <th scope="col">{w.columns.state}</th>
            <th scope="col">{w.columns.collector}</th>
            <th scope="col">{w.columns.where}</th>
            <th scope="col">{w.columns.last}</th>
            <th scope="col">{w.columns.took}</th>
            <th scope="col">{w.columns.series}</th>
            {onOpen !== undefined && (
              <th scope="col">
                <span className="unseen">{w.open}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {sorted.map((target) => (
            <Row
              key={`${target.id} ${target.agent ?? ""}`}
              target={target}
              {...(onOpen === undefined ? {} : { onOpen })}
            />
          ))}
        </tbody>
      </table>
    </Rows>
  );
}

/** What fails first, then what people added, then what hosts measure of themselves. */
function rank({ up, revision }: ShownTarget): number {
  return (up === false ? 0 : up === null ? 1 : 2) * 2 + (revision === null ? 1 : 0);
}

/** What answers and brings nothing (no GPU in the machine) is not as well as what is measured. */
function TargetState({ up, seriesCount }: Pick<ShownTarget, "up" | "seriesCount">) {
  const w = useWords(words);
  if (up === null)
    return (
      <Chip tone="plain" icon="clock">
        {w.notYet}
      </Chip>
    );
  if (!up)
    return (
      <Chip tone="bad" icon="warn">
        {w.down}
      </Chip>
    );
  if (seriesCount === 0)
    return (
      <Chip tone="plain" icon="info">
        {w.nothingThere}
      </Chip>
    );
  return (
    <Chip tone="good" icon="check">
      {w.up}
    </Chip>
  );
}

function Row({ target, onOpen }: { readonly target: ShownTarget; readonly onOpen?: (target: ShownTarget) => void }) {
  const w = useWords(words);
  const locale = useLocale();
  const text = useValueText();
  const { id, collector, agent, up, because, lastAt, tookMs, seriesCount, everySeconds, managedBy, revision } = target;
  return (
    <tr>
      <th scope="row">
        {id}
        {managedBy !== null && <span className={styles.quiet}>{managedBy}</span>}
      </th>
      <td data-label={w.columns.state} data-wrap>
        <TargetState up={up} seriesCount={seriesCount} />
        {because.map((reason) => (
          <span key={reason.text} className={up === false ? styles.because : styles.quiet}>
            {reason.text}
          </span>
        ))}
      </td>
      <td data-label={w.columns.collector}>{w.collectors[collector] ?? collector}</td>
      <td data-label={w.columns.where}>
        {agent === null ? w.server : <Link href={`/monitors/hosts/${encodeURIComponent(agent)}`}>{agent}</Link>}
        <span className={styles.quiet}>{w.every(writeLength(everySeconds * 1_000, locale))}</span>
      </td>
      <td data-label={w.columns.last} data-none={lastAt === null}>
        {lastAt === null ? "–" : <Time at={lastAt} only="relative" />}
      </td>
      <td data-label={w.columns.took} data-none={tookMs === null || up === true}>
        {tookMs === null ? "–" : text(tookMs / 1_000, { unit: "seconds" })}
      </td>
      <td data-label={w.columns.series} data-none={up === true}>
        {seriesCount}
      </td>
      {onOpen !== undefined && (
        <td>
          {revision === null ? (
            <span className={styles.quiet}>{w.own}</span>
          ) : (
            <Button
              size="small"
              icon={managedBy === null ? "edit" : "eye"}
              aria-label={w.edit(id)}
              onPress={() => onOpen(target)}
            >
              {managedBy === null ? w.open : w.see}
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}
