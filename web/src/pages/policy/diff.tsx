import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "wouter";
import type { PolicyDraft, PolicyVersions } from "../../../../src/http/wire/policy.ts";
import type { PolicyDiff } from "../../../../src/http/wire/simulate.ts";
import { api } from "../../api/client.ts";
import { LinkButton } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { GradeMark } from "../../kit/marks.tsx";
import { Loaded, Page, Panel } from "../../kit/page.tsx";
import { useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./diff.module.css";
import { DiffText } from "./diff-text.tsx";
import { useVersionName } from "./version-names.ts";
import { WokenTable } from "./woken-table.tsx";
import { words } from "./words.ts";

/** Two versions of the policy: what is written otherwise, and what happens otherwise. */
export function DiffPage() {
  const w = useWords(words);
  const [search, setSearch] = useSearchParams();
  const versions = useQuery({
    queryKey: ["policy", "versions"],
    queryFn: () => api.get<PolicyVersions>("/api/v1/policies"),
  });
  const current = versions.data?.policies.find((one) => one.current)?.id;
  const previous = versions.data?.policies.find((one) => !one.current)?.id ?? current;
  const idOf = (side: "left" | "right"): string | undefined => {
    // Unless somebody chose: what is in force, beside the version before it.
    const named = search.get(side) ?? (side === "left" ? previous : "current");
    return named === "current" ? current : named;
  };
  const [left, right] = [idOf("left"), idOf("right")];
  const query = useQuery({
    queryKey: ["policy", "diff", left, right],
    queryFn: () =>
      api.get<PolicyDiff>(`/api/v1/policies/${encodeURIComponent(left ?? "")}/diff/${encodeURIComponent(right ?? "")}`),
    enabled: left !== undefined && right !== undefined,
  });
  const choose = (side: "left" | "right", id: string): void =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      after.set(side, id);
      return after;
    });
  return (
    <Page
      title={w.diff.title}
      wide
      acts={
        left !== undefined &&
        right !== undefined && (
          <LinkButton
            icon="simulate"
            to={`/simulate/backtest?a=${encodeURIComponent(left)}&b=${encodeURIComponent(right)}`}
          >
            {w.diff.backtest}
          </LinkButton>
        )
      }
    >
      <Loaded query={versions}>
        {({ policies }) => (
          <div className={styles.choose}>
            <Choice name={w.diff.left} value={left ?? ""} versions={policies} onChoose={(id) => choose("left", id)} />
            <Choice
              name={w.diff.right}
              value={right ?? ""}
              versions={policies}
              onChoose={(id) => choose("right", id)}
            />
          </div>
        )}
      </Loaded>
      <Loaded query={query}>
        {(diff) => (
          <>
            <Behaviour diff={diff} left={left ?? ""} right={right ?? ""} />
            <Panel title={w.diff.text} flush>
              <DiffText rows={diff.rows} />
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Choice({
  name,
  value,
  versions,
  onChoose,
}: {
  readonly name: string;
  readonly value: string;
  readonly versions: PolicyVersions["policies"];
  readonly onChoose: (id: string) => void;
}) {
  const w = useWords(words);
  const text = useTimeText();
  const draft = useQuery({
    queryKey: ["policy", "draft"],
    queryFn: () => api.get<PolicyDraft>("/api/v1/policies/draft"),
  }).data;
  return (
    <Field label={name}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onChoose(event.target.value)}>
          {draft?.text != null && <option value="draft">{w.diff.draft}</option>}
          {versions.map(({ id, activatedAt, by, current }) => (
            <option key={id} value={id}>
              {[current ? w.inForce : "", text(activatedAt), by].filter((part) => part !== "").join(" · ")}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Behaviour({
  diff,
  left,
  right,
}: {
  readonly diff: PolicyDiff;
  readonly left: string;
  readonly right: string;
}) {
  const w = useWords(words);
  const time = useTimeText();
  const nameOf = useVersionName();
  const names = { left: nameOf(left), right: nameOf(right) };
  const at = diff.behaviour.flatMap((one) => one.left?.at ?? one.right?.at ?? [])[0];
  return (
    <Panel title={w.diff.behaviour}>
      <div className={styles.grades}>
        {at !== undefined && <p className={styles.at}>{w.diff.at(time(at))}</p>}
        {diff.behaviour.map((one, rank) => (
          <section key={one.grade} className={styles.grade}>
            <h3>
              <GradeMark grade={one.grade} rank={rank} />
            </h3>
            {one.same ? (
              <p>{w.diff.sameBehaviour}</p>
            ) : (
              <>
                <WokenTable compared={one} names={names} onlyDifferent />
                <p>
                  <Link
                    href={`/simulate?grade=${encodeURIComponent(one.grade)}&policy=${encodeURIComponent(left)}&compare=${encodeURIComponent(right)}`}
                  >
                    {w.diff.detail}
                  </Link>
                </p>
              </>
            )}
          </section>
        ))}
      </div>
    </Panel>
  );
}
