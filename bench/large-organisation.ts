/** 200 people who take turns in 40 rotations of 40 teams: weekly, daily, in eight hours, and by day with nights beside them. */
export const PEOPLE = 200;
export const ROTATIONS = 40;

const TURNS = ["1 week", "1 week", "1 day", "8 hours"] as const;

export function largePolicy(): string {
  const teams = Array.from(
    { length: ROTATIONS },
    (_, n) => `  T${n}: { duties: [work], staffing: [5 engineers${n % 2 === 0 ? ", 24/7 shifts" : ""}] }`,
  );
  return `grades:
  Critical: { criteria: [everything is down], respond within: immediate (24/7), owner: T38 }
  Major: { criteria: [a part is down], respond within: within 2 hours, owner: T20 }
  Minor: { criteria: [a nuisance], respond within: within 4 hours, owner: T2 }
teams:
${teams.join("\n")}
notifications:
  Critical: { via: [SMS, Slack (@channel)], to: [T0, T2, T5, T10, T36, head of operations] }
  Major: { via: [SMS, Email], to: [T0, T3, T7, T20] }
  Minor: { via: [Email], to: [operator on duty] }
`;
}

export function largeRoster(): string {
  const people = Array.from({ length: PEOPLE }, (_, n) => {
    const title = n === 0 ? ", title: head of operations, admin: yes" : "";
    return `  p${n}: { name: Person ${n}${title}, contacts: { sms: "+82101000${String(n).padStart(4, "0")}", email: p${n}@example.com, slack: U${n} } }`;
  });
  const members = (n: number): string => Array.from({ length: 5 }, (_, k) => `p${n * 5 + k}`).join(", ");
  const teams = Array.from(
    { length: ROTATIONS },
    (_, n) => `  T${n}: { members: { engineer: [${members(n)}] }, rotations: [r${n}] }`,
  );
  const rotations = Array.from({ length: ROTATIONS }, (_, n) => {
    const hours = n % 8 === 7 ? ", hours: [mon-fri 09:00-18:00, mon-fri 18:00-09:00, sat-sun 00:00-24:00]" : "";
    const start = `2026-01-0${5 + (n % 3)}T${String(8 + (n % 4)).padStart(2, "0")}:00`;
    return `  r${n}: { participants: [${members(n)}], turn: ${TURNS[n % 4]}, start: ${start}${hours} }`;
  });
  return `people:
${people.join("\n")}
teams:
${teams.join("\n")}
rotations:
${rotations.join("\n")}
channels: { email: { host: mail.example.com }, slack: { room: C0 }, sms: { url: "https://sms.example.com" } }
`;
}
