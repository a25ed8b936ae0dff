import { useRef, useState } from "react";
import type { ShownRoster } from "../../../../src/http/wire/roster.ts";
import { Button } from "../../kit/button.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { ItemDialog } from "./item-dialog.tsx";
import styles from "./settings.module.css";
import { teamsWords } from "./teams-words.ts";

type Label = { readonly key: number; readonly label: string; readonly value: string };

export function ServiceForm({
  roster,
  name,
  onClose,
}: {
  readonly roster: ShownRoster;
  readonly name: string | undefined;
  readonly onClose: () => void;
}) {
  const { services: w } = useWords(teamsWords);
  const service = roster.services.find((one) => one.name === name);
  const [labels, setLabels] = useState<readonly Label[]>(() => {
    const known = Object.entries(service?.match ?? {}).map(([label, value], key) => ({ key, label, value }));
    return known.length > 0 ? known : [{ key: 0, label: "service", value: "" }];
  });
  const [grade, setGrade] = useState(service?.grade ?? "");
  const [dependsOn, setDependsOn] = useState<readonly string[]>(service?.dependsOn ?? []);
  /** Hosts, switches, what nobody declared as a service: any name may be depended on. */
  const [otherNames, setOtherNames] = useState(() =>
    dependsOn.filter((one) => !roster.services.some((known) => known.name === one)).join(", "),
  );
  const next = useRef(1_000);
  const put = (key: number, change: Partial<Label>): void =>
    setLabels(labels.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const others = roster.services.filter((one) => one.name !== name);
  return (
    <ItemDialog
      kind="services"
      title={w.new}
      item={service}
      data={() => ({
        match: Object.fromEntries(
          labels.filter(({ label }) => label.trim() !== "").map(({ label, value }) => [label.trim(), value.trim()]),
        ),
        grade,
        dependsOn: [
          ...new Set([
            ...dependsOn.filter((one) => others.some((known) => known.name === one)),
            ...otherNames
              .split(",")
              .map((one) => one.trim())
              .filter((one) => one !== "" && one !== name),
          ]),
        ],
      })}
      onClose={onClose}
    >
      {(isFixed) => (
        <>
          <fieldset className={styles.group}>
            <legend>{w.match}</legend>
            {labels.map(({ key, label, value }, place) => (
              <div key={key} className={styles.member}>
                <input
                  aria-label={`${w.label} ${place + 1}`}
                  placeholder={w.label}
                  value={label}
                  disabled={isFixed}
                  onChange={({ target }) => put(key, { label: target.value })}
                />
                <input
                  aria-label={`${w.value} ${place + 1}`}
                  placeholder={w.value}
                  value={value}
                  disabled={isFixed}
                  onChange={({ target }) => put(key, { value: target.value })}
                />
                {!isFixed && (
                  <Button
                    look="quiet"
                    icon="remove"
                    bare
                    onPress={() => setLabels(labels.filter((one) => one.key !== key))}
                  >
                    {`${w.removeMatch} ${place + 1}`}
                  </Button>
                )}
              </div>
            ))}
            {!isFixed && (
              <div>
                <Button
                  size="small"
                  icon="add"
                  onPress={() => setLabels([...labels, { key: next.current++, label: "", value: "" }])}
                >
                  {w.addMatch}
                </Button>
              </div>
            )}
          </fieldset>
          <Field label={w.grade} hint={w.gradeHint}>
            {(ids) => (
              <select {...ids} value={grade} disabled={isFixed} onChange={({ target }) => setGrade(target.value)}>
                <option value="">{w.noGrade}</option>
                {[...new Set([...roster.policy.grades, ...(grade === "" ? [] : [grade])])].map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <fieldset className={styles.group}>
            <legend>{w.dependsOn}</legend>
            <p className={styles.quiet}>{w.dependsOnHint}</p>
            <div className={styles.ticks}>
              {others.map((one) => (
                <Tick
                  key={one.name}
                  label={one.name}
                  disabled={isFixed}
                  checked={dependsOn.includes(one.name)}
                  onChange={({ target }) =>
                    setDependsOn(
                      target.checked ? [...dependsOn, one.name] : dependsOn.filter((other) => other !== one.name),
                    )
                  }
                />
              ))}
            </div>
            <Field label={w.dependsOnOther} hint={w.dependsOnOtherHint}>
              {(ids) => (
                <input
                  {...ids}
                  value={otherNames}
                  disabled={isFixed}
                  onChange={({ target }) => setOtherNames(target.value)}
                />
              )}
            </Field>
          </fieldset>
        </>
      )}
    </ItemDialog>
  );
}
