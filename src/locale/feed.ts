import type { Said } from "./said.ts";

type Place = { readonly team: string; readonly rotation: string };

/** What the entries of a calendar feed say. */
export const feedSaid = {
  title: (f: { of: "person" | "team" | "rotation"; name: string }): Said => ({
    ko: `${f.name} 근무`,
    en: `On call: ${f.name}`,
  }),
  ownShift: (f: Place): Said => ({ ko: `${f.team} 당번 (${f.rotation})`, en: `On call for ${f.team} (${f.rotation})` }),
  shift: (f: Place & { names: string }): Said => ({
    ko: `${f.names} · ${f.team} (${f.rotation})`,
    en: `${f.names} · ${f.team} (${f.rotation})`,
  }),
  gap: (f: Place): Said => ({ ko: `당번 없음 · ${f.team} (${f.rotation})`, en: `Nobody · ${f.team} (${f.rotation})` }),
  shadow: (): Said => ({ ko: "[참관]", en: "[shadow]" }),
  insteadOf: (f: { names: string }): Said => ({ ko: `[${f.names} 대신]`, en: `[for ${f.names}]` }),
  leave: (): Said => ({ ko: "휴가", en: "On leave" }),
  team: (f: { team: string }): Said => ({ ko: `팀: ${f.team}`, en: `Team: ${f.team}` }),
  rotation: (f: { rotation: string }): Said => ({ ko: `교대: ${f.rotation}`, en: `Rotation: ${f.rotation}` }),
};
