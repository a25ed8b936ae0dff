import { useQuery } from "@tanstack/react-query";
import type { PolicyDraft, PolicyVersions } from "../../../../src/http/wire/policy.ts";
import { api } from "../../api/client.ts";
import { Field } from "../../kit/field.tsx";
import { useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./backtest-form.module.css";
import type { SideWish } from "./wish.ts";
import { words } from "./words.ts";

/** One side: which document, and which roster. */
export function SideFields({
  side,
  wish,
  onChange,
}: {
  readonly side: "A" | "B";
  readonly wish: SideWish;
  readonly onChange: (wish: SideWish) => void;
}) {
  const w = useWords(words);
  const text = useTimeText();
  const versions = useQuery({
    queryKey: ["policy", "versions"],
    queryFn: () => api.get<PolicyVersions>("/api/v1/policies"),
  }).data?.policies;
  const draft = useQuery({
    queryKey: ["policy", "draft"],
    queryFn: () => api.get<PolicyDraft>("/api/v1/policies/draft"),
  }).data;
  const others = (versions ?? []).filter(({ current }) => !current);
  const isInForce = versions?.some(({ id, current }) => current && id === wish.policy) ?? false;
  return (
    <fieldset className={styles.side}>
      <legend>{side}</legend>
      <Field label={w.form.policy}>
        {(ids) => (
          <select
            {...ids}
            value={isInForce ? "" : wish.policy}
            onChange={(event) => onChange({ ...wish, policy: event.target.value })}
          >
            <option value="">{w.form.inForce}</option>
            {draft?.text != null && <option value="draft">{w.form.draft}</option>}
            {others.map(({ id, activatedAt, by }) => (
              <option key={id} value={id}>
                {text(activatedAt)} · {by}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={w.form.roster}>
        {(ids) => (
          <select
            {...ids}
            value={wish.roster}
            onChange={(event) => onChange({ ...wish, roster: event.target.value === "now" ? "now" : "then" })}
          >
            <option value="then">{w.form.rosterThen}</option>
            <option value="now">{w.form.rosterNow}</option>
          </select>
        )}
      </Field>
    </fieldset>
  );
}
