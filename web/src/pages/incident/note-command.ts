export type Command = {
  readonly action: "acknowledge" | "resolve" | "escalate" | "snooze" | "note";
  readonly body: Readonly<Record<string, unknown>>;
};

const NAMES: Readonly<Record<string, Command["action"]>> = {
  확인: "acknowledge",
  ack: "acknowledge",
  acknowledge: "acknowledge",
  해결: "resolve",
  resolve: "resolve",
  올리기: "escalate",
  에스컬레이션: "escalate",
  escalate: "escalate",
  미루기: "snooze",
  snooze: "snooze",
};

/** `/확인`, `/snooze 30`, `/escalate because`: what a note that begins with a slash means; undefined for words. */
export function readCommand(note: string): Command | "unknown" | undefined {
  if (!note.startsWith("/")) return undefined;
  const [, name = "", rest = ""] = /^\/(\S+)\s*([\s\S]*)$/.exec(note.normalize("NFC")) ?? [];
  const action = NAMES[name.toLowerCase()];
  if (action === undefined) return "unknown";
  if (action === "escalate") return { action, body: rest === "" ? {} : { note: rest } };
  if (action !== "snooze") return { action, body: {} };
  const minutes = Number(/^(\d{1,4})/.exec(rest)?.[1] ?? 30);
  return { action, body: { minutes } };
}
