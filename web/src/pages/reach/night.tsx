import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownContactState, ShownNight } from "../../../../src/http/wire/reach.ts";
import type { SimulatedStep } from "../../../../src/http/wire/simulate.ts";
import { api, serverNow } from "../../api/client.ts";
import { Field } from "../../kit/field.tsx";
import { ChannelMark, Chip, GradeMark } from "../../kit/marks.tsx";
import { Loaded, Notice } from "../../kit/page.tsx";
import { useTimeText, useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { useSpanText } from "../policy/span.ts";
import { Choice } from "../simulate/choice.tsx";
import { words as simulated } from "../simulate/words.ts";
import { instantOf, localText, nextHour } from "../simulate/zoned.ts";
import styles from "./reach.module.css";
import { words } from "./words.ts";

const NIGHT_HOUR = 3;

/** The exact order in which a person would be woken: for a grade and an instant, as if on duty and as it really stands. */
export function Night({ person }: { readonly person: { readonly id: string; readonly name: string } }) {
  const { night: w } = useWords(words);
  const zone = useZone();
  const [grade, setGrade] = useState("");
  const [when, setWhen] = useState<"tonight" | "now" | "date">("tonight");
  const [date, setDate] = useState("");
  const [as, setAs] = useState<"supposed" | "asItStands">("supposed");
  const [opened] = useState(serverNow);
  const at = when === "tonight" ? nextHour(NIGHT_HOUR, opened, zone) : when === "now" ? opened : instantOf(date, zone);
  const asked = new URLSearchParams({ ...(grade === "" ? {} : { grade }), at: new Date(at ?? opened).toISOString() });
  const query = useQuery({
    queryKey: ["reach", "night", person.id, asked.toString()],
    queryFn: () => api.get<ShownNight>(`/api/v1/reach/${encodeURIComponent(person.id)}/night?${asked.toString()}`),
    enabled: at !== undefined,
    placeholderData: (before) => before,
  });
  return (
    <div className={styles.night}>
      <p className={styles.quiet}>{w.lead}</p>
      <Loaded query={query}>
        {(night) => (
          <>
            <div className={styles.choices}>
              <Choice
                legend={w.grade}
                name="night-grade"
                value={night.grade}
                options={night.grades.map((one, rank) => [one, <GradeMark key={one} grade={one} rank={rank} />])}
                onChoose={setGrade}
              />
              <Choice
                legend={w.when}
                name="night-when"
                value={when}
                options={[
                  ["tonight", w.tonight],
                  ["now", w.now],
                  ["date", w.date],
                ]}
                onChoose={(next) => {
                  setWhen(next);
                  if (next === "date") setDate(date || localText(nextHour(NIGHT_HOUR, opened, zone), zone));
                }}
              />
              {when === "date" && (
                <Field label={w.at}>
                  {(ids) => (
                    <input
                      {...ids}
                      type="datetime-local"
                      value={date}
                      onChange={({ target }) => setDate(target.value)}
                    />
                  )}
                </Field>
              )}
              <Choice
                legend={w.as}
                name="night-as"
                value={as}
                options={[
                  ["supposed", w.supposed(person.name)],
                  ["asItStands", w.asItStands],
                ]}
                onChoose={setAs}
              />
            </div>
            <NightSteps night={night} steps={night[as]} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function NightSteps({ night, steps }: { readonly night: ShownNight; readonly steps: readonly SimulatedStep[] }) {
  const { night: w } = useWords(words);
  const { atOnce, after } = useWords(simulated);
  const time = useTimeText();
  const length = useSpanText();
  const states = new Map(night.contacts.map((contact) => [contact.channel, contact.state]));
  const loud = steps.flatMap(({ reaches }) => reaches).filter(({ urgency }) => urgency === "wake");
  const isAnyProven = loud.some(({ channel }) => states.get(channel) === "proven");
  return (
    <>
      <p>
        <strong>{w.starts(time(night.at))}</strong>{" "}
        <span className={styles.quiet}>
          {night.teams.length === 0 ? w.noTeam : night.onDuty ? w.onDuty : w.offDuty}
        </span>
      </p>
      {steps.length === 0 && <Notice tone="info">{w.never}</Notice>}
      {loud.length > 0 && !isAnyProven && <Notice tone="warn">{w.unprovenAll}</Notice>}
      <ol className={styles.steps}>
        {steps.map((step, place) => (
          <li key={`${step.kind} ${step.after} ${place}`} className={styles.step}>
            <div className={styles.when}>
              <strong>{step.after === 0 ? atOnce : after(length(step.after))}</strong>
              <time dateTime={step.due}>{time(step.due, "clock")}</time>
            </div>
            <NightStep step={step} states={states} />
          </li>
        ))}
      </ol>
      <p className={styles.quiet}>{w.neverBefore(length(Date.parse(night.until) - Date.parse(night.at)))}</p>
    </>
  );
}

function NightStep({
  step,
  states,
}: {
  readonly step: SimulatedStep;
  readonly states: ReadonlyMap<string, ShownContactState["state"]>;
}) {
  const { night: w, states: stateNames } = useWords(words);
  const s = useWords(simulated);
  const { channels } = useWords(shared);
  return (
    <div className={styles.stepBody}>
      <p className={styles.stepHead}>
        <strong>{step.kindText}</strong>
        {step.overdue && (
          <Chip tone="bad" icon="clock">
            {s.overdue}
          </Chip>
        )}
      </p>
      <ul className={styles.reaches}>
        {step.reaches.map((reach) => {
          const state = states.get(reach.channel);
          const isProven = state === "proven";
          return (
            <li key={`${reach.channel} ${reach.urgency}`} className={styles.reach}>
              <ChannelMark channel={reach.channel} />
              <span className={styles.chips}>
                {reach.urgency === "wake" ? <Chip icon="alerts">{s.wake}</Chip> : <Chip>{s.tell}</Chip>}
                {state !== undefined && (
                  <Chip
                    tone={isProven ? "good" : "warn"}
                    icon={isProven ? "check" : "warn"}
                    title={isProven ? w.proven : w.notProven}
                  >
                    {stateNames[state]}
                  </Chip>
                )}
                {reach.insteadOf !== null && (
                  <span className={styles.quiet}>
                    {s.insteadOf(channels[reach.insteadOf as keyof typeof channels] ?? reach.insteadOf)}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {step.skipped.map(({ text }) => (
        <p key={text} className={styles.missing}>
          {text}
        </p>
      ))}
      {step.because !== null && (
        <p className={styles.quiet}>
          {s.because(step.because.line)} {step.because.path.join(" › ")}
        </p>
      )}
    </div>
  );
}
