import type { Answer } from "./answer.ts";

const COUNTS = /(\d+) packets transmitted, (\d+) (?:packets )?received/u;
const TIMES = /(?:rtt|round-trip) min\/avg\/max(?:\/\w+)? = [\d.]+\/([\d.]+)\//u;
/** Sending itself is what is not allowed. */
const MAY_NOT = /are you root|operation not permitted|permission denied|cap_net_raw/iu;
const NO_NAME = /unknown host|bad address|not known|failure in name resolution|no address associated|cannot resolve/iu;

/** What `ping` of iputils, busybox or the BSDs printed, on either stream. */
export function readPing(out: string): Answer {
  const [, sent = "0", received = "0"] = COUNTS.exec(out) ?? [];
  const lines = out.split("\n").map((line) => line.trim());
  if (Number(received) > 0) {
    const average = TIMES.exec(out)?.[1];
    return {
      up: true,
      lossRatio: Math.max(0, 1 - Number(received) / Number(sent)),
      ...(average === undefined ? {} : { seconds: Number(average) / 1_000 }),
    };
  }
  if (MAY_NOT.test(out)) {
    return {
      up: undefined,
      because: "ping may not send: run the agent as root, or give ping the capability cap_net_raw",
    };
  }
  if (NO_NAME.test(out)) return { up: false, lossRatio: 1, because: "name not found" };
  const told = /unreachable|filtered|no route to host|time to live exceeded/iu;
  const said =
    lines.find((line) => told.test(line)) ?? (Number(sent) > 0 ? "no reply" : lines.find((line) => line !== ""));
  const because = said === undefined ? "ping says nothing" : (told.exec(said)?.input ?? said);
  // Neither counted nor explained: it did not ask.
  if (Number(sent) === 0 && !told.test(out)) return { up: undefined, because: because.slice(0, 200) };
  return { up: false, lossRatio: 1, because: because.slice(0, 200) };
}
