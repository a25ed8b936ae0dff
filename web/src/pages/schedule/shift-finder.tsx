import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { api, serverNow } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { fromLocal } from "../../kit/local-time.ts";
import { useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { addDays, dateOf } from "./days.ts";
import { type Entry, entriesOf, type Span } from "./shifts-shown.ts";
import { type SpokenTime, spokenTime } from "./spoken-time.ts";
import styles from "./toolbar.module.css";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

/** "다음 주 화요일 밤 바꿔줘": opens the shift that is meant, from where it is given away or swapped. */
export function ShiftFinder({
  me,
  zone,
  onFind,
}: {
  readonly me: string;
  readonly zone: string;
  readonly onFind: (date: string, key: string) => void;
}) {
  const { finder: w } = useWords(words);
  const { unreachable } = useWords(shared);
  const when = useWhen();
  const queries = useQueryClient();
  const say = useToast();
  const id = useId();
  const [text, setText] = useState("");
  const [answer, setAnswer] = useState("");
  const find = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const time = spokenTime(text, dateOf(serverNow(), zone));
    if (time === undefined) return setAnswer(w.unread);
    const span = spanIn(time, zone);
    const asked = new URLSearchParams({
      from: new Date(span.start).toISOString(),
      to: new Date(span.end).toISOString(),
    }).toString();
    try {
      const { teams } = await queries.fetchQuery({
        queryKey: ["roster", "schedule", "found", asked],
        queryFn: () => api.get<ShownSchedule>(`/api/v1/schedule?${asked}`),
      });
      const found = most(teams.flatMap(entriesOf), me, span);
      setAnswer(found === undefined ? w.none(when.span(span)) : "");
      if (found !== undefined) onFind(time.date, found.key);
    } catch {
      say({ tone: "bad", text: unreachable });
    }
  };
  return (
    <form className={styles.finder} onSubmit={(event) => void find(event)}>
      <label htmlFor={id}>{w.label}</label>
      <input
        id={id}
        value={text}
        maxLength={100}
        placeholder={w.placeholder}
        aria-describedby={`${id}-answer`}
        onChange={({ target }) => setText(target.value)}
      />
      <Button type="submit" icon="search">
        {w.find}
      </Button>
      <span id={`${id}-answer`} role="status" className={styles.nothing}>
        {answer}
      </span>
    </form>
  );
}

function spanIn({ date, from, to }: SpokenTime, zone: string): Span {
  const at = (hours: number): number => {
    const day = addDays(date, Math.floor(hours / 24));
    return fromLocal(`${day}T${String(hours % 24).padStart(2, "0")}:00`, zone) ?? Number.NaN;
  };
  return { start: at(from), end: at(to) };
}

/** Of somebody's shifts the one that lies most in a span. */
function most(entries: readonly Entry[], me: string, span: Span): Entry | undefined {
  const within = ({ start, end }: Span): number => Math.min(end, span.end) - Math.max(start, span.start);
  return entries
    .filter((entry) => entry.shift.people.includes(me) && !entry.shift.shadow && within(entry) > 0)
    .toSorted((one, other) => within(other) - within(one))[0];
}
