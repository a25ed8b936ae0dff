import { serverNow } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { useCopy } from "../../kit/copy.ts";
import { useKey } from "../../kit/keys.tsx";
import { useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./range-bar.module.css";
import { type Edges, edgesOf, moved, RANGES, type RangeName, type TimeRange } from "./time-range.ts";
import { words } from "./words.ts";

/** Which stretch of time is shown: the last hours, or moved and zoomed without a pointer. */
export function RangeBar({
  range,
  onChange,
  address,
}: {
  readonly range: TimeRange;
  readonly onChange: (range: TimeRange) => void;
  /** What leads somebody else to what is shown. */
  readonly address: (edges: Edges) => string;
}) {
  const w = useWords(words);
  const time = useTimeText();
  const copy = useCopy();
  const move = (how: Parameters<typeof moved>[1]): void => {
    const now = serverNow();
    onChange(moved(edgesOf(range, now), how, now));
  };
  useKey("earlier", () => move("earlier"));
  useKey("later", () => move("later"));
  return (
    <div className={styles.bar}>
      <fieldset className={styles.ranges} aria-label={w.range}>
        {(Object.keys(RANGES) as RangeName[]).map((name) => (
          <button
            key={name}
            type="button"
            className={styles.range}
            aria-pressed={range.is === "last" && range.name === name}
            onClick={() => onChange({ is: "last", name })}
          >
            {w.ranges[name]}
          </button>
        ))}
      </fieldset>
      <div className={styles.moves}>
        <Button icon="left" bare onPress={() => move("earlier")}>
          {w.earlier}
        </Button>
        <Button icon="zoomOut" bare onPress={() => move("out")}>
          {w.zoomOut}
        </Button>
        <Button icon="zoomIn" bare onPress={() => move("in")}>
          {w.zoomIn}
        </Button>
        <Button icon="right" bare disabled={range.is === "last"} onPress={() => move("later")}>
          {w.later}
        </Button>
        <Button size="small" icon="link" onPress={() => copy(address(edgesOf(range, serverNow())))}>
          {w.copyLink}
        </Button>
        {range.is === "own" && (
          <Button size="small" onPress={() => onChange({ is: "last", name: "6h" })}>
            {w.latest}
          </Button>
        )}
      </div>
      {range.is === "own" && (
        <p className={styles.own}>
          {w.own}: {time(range.from)} – {time(range.to)}
        </p>
      )}
    </div>
  );
}
