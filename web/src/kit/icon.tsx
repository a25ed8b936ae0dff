/** Line icons of our own on a 24 grid, in the colour of the text around them. Never alone: a label says what they mean. */
const PATHS = {
  now: "M4 13h6V4H4zm10 7h6v-9h-6zM4 20h6v-4H4zM14 4v4h6V4z",
  incidents: "M12 3 2.5 20h19zM12 10v4.5M12 17.5v.01",
  monitor: "M3 4h18v13H3zM8 21h8M6 12h3l2-4 3 6 1.500-2H18",
  alerts: "M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21h4",
  silence: "M6 17V11c0-1 .3-2 .7-2.800M9 5.8A6 6 0 0 1 18 11v4M4.500 19h13M3 3l18 18M10 21h4",
  maintenance:
    "M14.500 6.500a4 4 0 0 1 5-1.500l-3 3 .5 2 2 .5 3-3a4 4 0 0 1-5.500 5L8 21l-4-4 8.500-8.500a4 4 0 0 1 2-2z",
  policy: "M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7",
  simulate: "M4 4v16M4 8h9M4 12h14M4 16h6M13 6l3 2-3 2",
  settings:
    "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M5.600 18.400l2.100-2.100M16.300 7.700l2.100-2.100",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4.500 3.500-7 8-7s8 2.500 8 7",
  team: "M9 5a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM2.500 20c0-4 2.800-6 6.500-6s6.500 2 6.500 6M16 5.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2.200.8 3.500 2.600 3.500 5.500",
  phone:
    "M6 3h4l1.500 5-2.500 1.500a12 12 0 0 0 5.500 5.500L16 12.500l5 1.500v4a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
  sms: "M4 5h16v11H10l-4 4v-4H4zM8 10.500h.01M12 10.500h.01M16 10.500h.01",
  email: "M3 6h18v12H3zM3 7l9 6 9-6",
  slack: "M9 3v18M15 3v18M3 9h18M3 15h18",
  webhook: "M12 7a3 3 0 1 0-3-3M9.500 6 6 13M6 14a3 3 0 1 0 3 3h8M18 14a3 3 0 1 1-2.500 4.600M14 6.500l3.500 6.500",
  console: "M3 5h18v14H3zM7 10l3 2.500L7 15M12.500 15H17",
  push: "M7 3h10v18H7zM11 18h2",
  check: "M4 12.500 9.500 18 20 6.500",
  cross: "M5 5l14 14M19 5 5 19",
  calendar: "M4 6h16v14H4zM4 10.500h16M8.500 3v5M15.500 3v5",
  swap: "M4 9h14M14 5l4 4-4 4M20 15H6M10 11l-4 4 4 4",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.500l3.500 2",
  note: "M5 4h14v11l-5 5H5zM14 20v-5h5",
  up: "M12 20V5M5.500 11.500 12 5l6.500 6.500",
  hand: "M4 12h13M12 6l6 6-6 6M21 4v16",
  snooze: "M5 5h6L5 12h6M13 12h6l-6 7h6",
  search: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 21 21",
  zoomIn: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 21 21M7.500 10.500h6M10.500 7.500v6",
  zoomOut: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 21 21M7.500 10.500h6",
  menu: "M4 6h16M4 12h16M4 18h16",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  add: "M12 5v14M5 12h14",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1.500 1.500M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1.500-1.500",
  warn: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v6M12 16.500v.01",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.500v.01",
  downward: "M12 4v15M5.500 12.500 12 19l6.500-6.500",
  down: "M6 9l6 6 6-6",
  right: "M9 6l6 6-6 6",
  left: "M15 6l-6 6 6 6",
  eye: "M2 12s3.500-7 10-7 10 7 10 7-3.500 7-10 7-10-7-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  eyeOff: "M2 12s3.500-7 10-7 10 7 10 7-3.500 7-10 7-10-7-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM4 3l16 18",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2.500M12 19.500V22M2 12h2.500M19.500 12H22M5 5l1.800 1.800M17.200 17.200 19 19M5 19l1.800-1.800M17.200 6.800 19 5",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500z",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  play: "M7 4l13 8-13 8z",
  send: "M3 11l18-8-8 18-2-8z",
  key: "M15 4a5 5 0 1 0-4.600 7L4 17.500V20h3l1-1v-2h2l2.500-2.500A5 5 0 0 0 15 4zM16 8h.01",
  wall: "M3 5h18v11H3zM9 20h6M12 16v4",
  download: "M12 4v11M6.500 10 12 15.500 17.500 10M4 20h16",
  upload: "M12 16V5M6.500 10 12 4.500 17.500 10M4 20h16",
  beacon:
    "M9 21h6l-1-9h-4zM12 12c-3 0-4-2.500-2.500-5 .5 1 1 1.500 1.500 1.500C10.500 6 11.500 4 13 3c0 2 3 3.500 2.500 6-.3 1.800-1.600 3-3.500 3z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: "none" }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
