/**
 * Keyboard shortcuts, bound by the place of the key (`KeyboardEvent.code`), so that they work while the keyboard writes
 * Hangul: there `event.key` of J is `ㅓ`. `Mod` is ⌘ on a Mac and Ctrl elsewhere.
 */
export const DEFAULT_KEYS = {
  palette: "Mod+KeyK",
  search: "Slash",
  help: "Shift+Slash",
  go: "KeyG",
  next: "KeyJ",
  previous: "KeyK",
  open: "Enter",
  select: "KeyX",
  acknowledge: "KeyA",
  resolve: "KeyR",
  escalate: "KeyE",
  note: "KeyN",
  grade: "KeyS",
  handOver: "KeyH",
  more: "Period",
  newOverride: "KeyN",
  today: "KeyT",
  earlier: "BracketLeft",
  later: "BracketRight",
} as const;
export type KeyName = keyof typeof DEFAULT_KEYS;

/** The second key of a jump, after `go`, by the name of its page. */
export const PAGE_KEYS = {
  now: "KeyN",
  incidents: "KeyI",
  monitors: "KeyW",
  alerts: "KeyA",
  silences: "KeyS",
  maintenance: "KeyM",
  schedule: "KeyC",
  my: "KeyD",
  policy: "KeyP",
  settings: "Comma",
} as const;

export const KEY_GROUPS: Readonly<Record<"everywhere" | "list" | "incident" | "schedule", readonly KeyName[]>> = {
  everywhere: ["palette", "search", "help", "go"],
  list: ["next", "previous", "open", "select"],
  incident: ["acknowledge", "resolve", "escalate", "note", "grade", "handOver", "more"],
  schedule: ["newOverride", "today", "earlier", "later"],
};

/** Whether two belong to different pages, which are never shown together: they may have the same key. */
export function areApart(one: KeyName, other: KeyName): boolean {
  const { incident, schedule } = KEY_GROUPS;
  return (incident.includes(one) && schedule.includes(other)) || (schedule.includes(one) && incident.includes(other));
}
