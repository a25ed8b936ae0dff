import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { FeedPut, ShownFeed, ShownFeeds, ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { Loaded, Notice } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { Snippet } from "../settings/snippet.tsx";
import { useCast } from "./cast.tsx";
import styles from "./form.module.css";
import { ImportsSection } from "./imports-section.tsx";
import { words } from "./words.ts";

const KEY = ["calendar", "feeds"];

/** Addresses by which other calendars follow the shifts: made, shown once, ended. */
export function FeedsDialog({ schedule, onClose }: { readonly schedule: ShownSchedule; readonly onClose: () => void }) {
  const { feeds: w } = useWords(words);
  const { me, of, rotationName } = useCast();
  const act = useAct();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => api.get<ShownFeeds>("/api/v1/calendar/feeds"),
  });
  const [of_, setOf] = useState(me === undefined ? `team ${schedule.teams[0]?.name ?? ""}` : `person ${me}`);
  const [made, setMade] = useState<ShownFeed>();
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const [kind = "", ...rest] = of_.split(" ");
    const body = { of: kind as FeedPut["of"], name: rest.join(" ") } satisfies FeedPut;
    await act(async () => setMade(await api.post<ShownFeed>("/api/v1/calendar/feeds", body)));
    await queries.invalidateQueries({ queryKey: KEY });
  };
  const end = async (id: string): Promise<void> => {
    await act(() => api.delete(`/api/v1/calendar/feeds/${encodeURIComponent(id)}`), w.ended);
    if (made?.id === id) setMade(undefined);
    await queries.invalidateQueries({ queryKey: KEY });
  };
  const nameOf = (feed: ShownFeed): string =>
    `${w.names[feed.of]}: ${feed.of === "person" ? of(feed.name).name : feed.name}`;
  return (
    <Dialog title={w.title} onClose={onClose}>
      <h3>{w.export}</h3>
      <p className={styles.quiet}>{w.lead}</p>
      {made?.url !== undefined && (
        <>
          <Notice tone="warn">{w.once}</Notice>
          <Snippet title={`${w.made}: ${nameOf(made)}`} text={made.url} />
        </>
      )}
      <form className={styles.form} onSubmit={(event) => void make(event)}>
        <Field label={w.of}>
          {(ids) => (
            <select {...ids} value={of_} onChange={({ target }) => setOf(target.value)}>
              {me !== undefined && <option value={`person ${me}`}>{w.mine}</option>}
              <optgroup label={w.team}>
                {schedule.teams.map(({ name }) => (
                  <option key={name} value={`team ${name}`}>
                    {name}
                  </option>
                ))}
              </optgroup>
              <optgroup label={w.rotation}>
                {schedule.teams
                  .flatMap(({ rotations }) => rotations)
                  .map((id) => (
                    <option key={id} value={`rotation ${id}`}>
                      {rotationName(id)}
                    </option>
                  ))}
              </optgroup>
            </select>
          )}
        </Field>
        <p>
          <Button look="main" type="submit" icon="link">
            {w.make}
          </Button>
        </p>
      </form>
      <section>
        <h4>{w.listed}</h4>
        <Loaded query={query}>
          {({ feeds }) =>
            feeds.length === 0 ? (
              <p className={styles.quiet}>{w.none}</p>
            ) : (
              feeds.map((feed) => (
                <div key={feed.id} className={styles.line}>
                  <span>
                    {nameOf(feed)}{" "}
                    <span className={styles.quiet}>
                      {feed.lastReadAt === null ? (
                        w.never
                      ) : (
                        <>
                          {w.lastRead} <Time at={feed.lastReadAt} only="relative" />
                        </>
                      )}
                    </span>
                  </span>
                  <Button size="small" look="danger" onPress={() => end(feed.id)}>
                    {w.end}
                  </Button>
                </div>
              ))
            )
          }
        </Loaded>
      </section>
      <ImportsSection schedule={schedule} />
    </Dialog>
  );
}
