/**
 * `GET /api/v1/load?from=2026-11-01&to=2026-11-30[&team=…]`: what duty costs each person. Dates are local, both in it; at most 100
 * days. Lengths are minutes. What is to come is in it as it is planned.
 */
export type ShownLoad = {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly now: string;
  /** What was counted, in one sentence. */
  readonly counted: string;
  /** Teams whose members are always on duty: not counted as standby. */
  readonly withoutTurns: readonly string[];
  /** False where there were more incidents than are looked at: worked time may be more. */
  readonly isWhole: boolean;
  readonly teams: readonly ShownTeamLoad[];
  readonly people: readonly ShownPersonLoad[];
};
/** How far the people of a team are apart: the least and the most of each. */
export type ShownTeamLoad = {
  readonly name: string;
  readonly people: readonly string[];
  readonly standby: ShownRange;
  readonly night: ShownRange;
  readonly weekend: ShownRange;
  readonly holidayDays: ShownRange;
};
export type ShownRange = { readonly least: number; readonly most: number };

export type ShownPersonLoad = {
  readonly id: string;
  readonly name: string;
  readonly teams: readonly string[];
  readonly shifts: number;
  readonly standby: number;
  readonly night: number;
  readonly weekend: number;
  readonly holiday: number;
  readonly nights: number;
  readonly weekendDays: number;
  readonly holidayDays: readonly { readonly date: string; readonly name: string }[];
  readonly pages: number;
  readonly nightPages: number;
  /** Incidents that paged them in a night. */
  readonly wakings: number;
  readonly worked: number;
  readonly workedAtNight: number;
  readonly longestStretch: number;
  readonly shortestRest: number | null;
  readonly weeks: readonly { readonly monday: string; readonly standby: number; readonly worked: number }[];
  readonly warnings: readonly { readonly kind: "week-over" | "rest-under" | "alone"; readonly text: string }[];
};
