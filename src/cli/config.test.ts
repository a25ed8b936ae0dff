import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "./config.ts";

const proxies = (text: string): string => readConfig({}, { BONGSU_TRUSTED_PROXIES: text }, ".").trustedProxies;

test("proxies that are believed are addresses and networks; none unless they are named", () => {
  assert.equal(readConfig({}, {}, ".").trustedProxies, "");
  assert.equal(proxies(" 127.0.0.1, 10.0.0.0/8 ,fd00::/8,"), "127.0.0.1,10.0.0.0/8,fd00::/8");
});

test("what would make everybody a proxy, or nobody, is refused with what is expected", () => {
  for (const wrong of ["true", "*", "proxy.example.com", "10.0.0.0/33", "10.0.0.1/8/8", "10.0.0.1/x", "::1/129"])
    assert.throws(() => proxies(wrong), /config-invalid.*trusted_proxies/, wrong);
});

test("what was measured is kept for whole days, and nothing else is taken for a number of them", () => {
  const kept = (days: string): number => readConfig({}, { BONGSU_METRIC_MINUTES_DAYS: days }, ".").metricMinutesDays;
  assert.equal(readConfig({}, {}, ".").metricMinutesDays, 15);
  assert.equal(readConfig({}, {}, ".").metricHoursDays, 400);
  assert.equal(kept("30"), 30);
  for (const wrong of ["0", "1.5", "-1", "", "a month", "99999"])
    assert.throws(() => kept(wrong), /config-invalid.*metric_minutes_days/, wrong);
});
