import type { Answer } from "./answer.ts";

const COUNTS = /(\d+) packets transmitted, (\d+) (?:packets )?received/u;
const TIMES = /(?:rtt|round-trip) min\/avg\/max(?:\/\w+)? = [\d.]+\/([\d.]+)\//u;
/** Sending itself is what is not allowed. */
const MAY_NOT = /are you root|operation not permitted|permission denied|cap_net_raw/iu;
const UNREACHABLE = /unreachable|filtered|no route to host|time to live exceeded/iu;
const NO_NAME = /unknown host|bad address|not known|failure in name resolution|no address associated|cannot resolve/iu;

/** What `ping` of iputils, busybox or the BSDs printed, on either stream. */
export function readPing(out: string, program: string): Answer {
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
    return { up: undefined, because: { code: "ping-forbidden" } };
  }
  if (NO_NAME.test(out)) return { up: false, lossRatio: 1, because: { code: "name-not-found" } };
  const said = lines.find((line) => UNREACHABLE.test(line));
  if (said !== undefined) return { up: false, lossRatio: 1, because: { code: "host-unreachable", detail: said } };
  if (Number(sent) > 0) return { up: false, lossRatio: 1, because: { code: "no-answer" } };
  // Neither counted nor explained: it did not ask.
  const first = lines.find((line) => line !== "");
  if (first === undefined) return { up: undefined, because: { code: "program-silent", program } };
  return { up: undefined, because: { code: "program-refused", program, detail: first } };
}
