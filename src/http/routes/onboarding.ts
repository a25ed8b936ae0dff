import { basename } from "node:path";
import type { FastifyInstance } from "fastify";
import { driversOf } from "../../engine/ports.ts";
import type { Drivers } from "../../escalation/means.ts";
import { Fault } from "../../fault/fault.ts";
import type { Locale } from "../../locale/said.ts";
import type { Policy } from "../../policy/policy.ts";
import { documentFindings } from "../../proof/document-findings.ts";
import { byId, mendsOf } from "../../proof/mend-policy.ts";
import type { Queries } from "../../store/store.ts";
import { DAY_MS, type Instant, toIso } from "../../time/instant.ts";
import { callerName, type HttpFacts, jsonBody, localeFor, may } from "../access.ts";
import { EXAMPLE_ROSTER } from "../show/shown-roster.ts";
import type { OnboardingAnswer, OnboardingPut, OnboardingStep, ShownOnboarding } from "../wire/onboarding.ts";

const SETTING = "onboarding";
const STEPS: readonly OnboardingStep[] = ["admin", "policy", "lint", "people", "channel", "test", "signal"];
const ANSWERS: readonly OnboardingAnswer[] = ["accepted", "changed", "later"];
const EXAMPLE_POLICY = /^example-policy\.(ko|en)\.md$/;
const ANSWERS_MAX = 500;

/** What was chosen on the way; everything else follows from the facts. */
type Stored = {
  readonly exampleChosen: boolean;
  readonly answers: Readonly<Record<string, OnboardingAnswer>>;
  readonly skipped: readonly OnboardingStep[];
  readonly dismissed: boolean;
  /** When everything was done, or somebody put the rest aside: the web UI speaks of it no more. */
  readonly doneAt?: Instant;
};
const NOTHING: Stored = { exampleChosen: false, answers: {}, skipped: [], dismissed: false };

/** From the clone to the first real page in seven steps, which anybody may leave and come back to. */
export function onboardingRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, settings } = engine.ports;
  const drivers = driversOf(engine.ports.channels);

  server.get("/api/v1/onboarding", may(facts, "onboarding.edit"), async (request): Promise<ShownOnboarding> => {
    const stored = await storedIn(store);
    const version = await store.currentPolicy();
    const policy = version === undefined ? undefined : await engine.knowledge.policy(store, version.id);
    const isExample = version !== undefined && EXAMPLE_POLICY.test(basename(version.file));
    const questions =
      policy === undefined ? [] : questionsOf(policy, version?.file ?? "", drivers, stored, localeFor(request));
    const people = (await store.rosterItems()).filter(({ kind }) => kind === "person");
    const example = people.filter(({ managedBy }) => managedBy === EXAMPLE_ROSTER).length;
    const tests = await store.testPages(0, 500);
    const firstSignalAt = await firstSignal(store);
    const accounts = await store.accounts();

    const done: Readonly<Record<OnboardingStep, boolean>> = {
      admin: accounts.some(({ role, state }) => role === "admin" && state === "active"),
      policy: version !== undefined && (!isExample || stored.exampleChosen),
      lint: policy !== undefined && questions.every(({ answer }) => answer !== null),
      people: people.length > example,
      channel: tests.some(({ state }) => state === "accepted" || state === "delivered" || state === "acknowledged"),
      test: tests.some(({ state }) => state === "acknowledged"),
      signal: firstSignalAt !== undefined,
    };
    const last = tests[0];
    if (STEPS.every((step) => done[step]) && stored.doneAt === undefined)
      await store.putSetting(SETTING, { ...stored, doneAt: clock.now() } satisfies Stored);
    return {
      steps: STEPS.map((step) => ({ step, done: done[step], skipped: stored.skipped.includes(step) })),
      done: STEPS.every((step) => done[step]),
      dismissed: stored.dismissed,
      policy:
        version === undefined
          ? null
          : {
              id: version.id,
              title: policy?.title ?? version.file,
              file: basename(version.file),
              isExample,
              exampleChosen: stored.exampleChosen,
            },
      questions,
      people: { own: people.length - example, example },
      lastTest: last !== undefined && clock.now() - last.createdAt < DAY_MS ? last.id : null,
      firstSignalAt: firstSignalAt === undefined ? null : toIso(firstSignalAt),
      publicUrl: settings.publicUrl,
    };
  });

  server.put("/api/v1/onboarding", may(facts, "onboarding.edit"), async (request) => {
    const wanted = putIn(jsonBody(request));
    await store.transaction(async (queries) => {
      const before = await storedIn(queries);
      const answers: Record<string, OnboardingAnswer> = { ...before.answers };
      for (const [key, answer] of Object.entries(wanted.answers ?? {})) {
        if (answer === null) delete answers[key];
        else answers[key] = answer;
      }
      if (Object.keys(answers).length > ANSWERS_MAX)
        throw new Fault("too-large", { field: "answers", most: ANSWERS_MAX });
      const dismissed = wanted.dismissed ?? before.dismissed;
      const doneAt = dismissed ? (before.doneAt ?? clock.now()) : undefined;
      await queries.putSetting(SETTING, {
        exampleChosen: wanted.exampleChosen ?? before.exampleChosen,
        answers,
        skipped: wanted.skipped ?? before.skipped,
        dismissed,
        ...(doneAt === undefined ? {} : { doneAt }),
      } satisfies Stored);
      const row = { at: clock.now(), by: callerName(request), action: "onboarding.changed", facts: wanted };
      await queries.appendAudit([row]);
    });
    return { stored: true };
  });
}

async function storedIn(queries: Queries): Promise<Stored> {
  return { ...NOTHING, ...((await queries.setting(SETTING)) as Partial<Stored> | undefined) };
}

/** What the document leaves open, in its order; what is only told needs no answer. */
function questionsOf(
  policy: Policy,
  file: string,
  drivers: Drivers,
  stored: Stored,
  locale: Locale,
): ShownOnboarding["questions"] {
  const findings = documentFindings(policy, drivers);
  const mends = mendsOf(findings, policy, { drivers, file });
  return [...byId(findings)].flatMap(([key, finding]) => {
    const { level, code, clause, message, why, mend } = finding;
    if (level === "info") return [];
    const { line = 0 } = policy.clauses.get(clause) ?? {};
    const words = { message: message[locale], why: why[locale], mend: mend[locale] };
    const choices = mends.get(finding)?.choices ?? null;
    return [{ key, code, level, clause, line, ...words, choices, answer: stored.answers[key] ?? null }];
  });
}

/** When something was first sent by a token that sends; the oldest payloads are gone after a month, the use is not. */
async function firstSignal(queries: Queries): Promise<Instant | undefined> {
  for (const token of await queries.tokens()) {
    const [received] = await queries.recentInbox(token.id, 1);
    if (received !== undefined) return received.receivedAt;
    if (token.scopes.length === 1 && token.scopes[0] === "ingest" && token.lastUsedAt !== undefined)
      return token.lastUsedAt;
  }
  return undefined;
}

function putIn(body: Readonly<Record<string, unknown>>): OnboardingPut {
  const { exampleChosen, answers, skipped, dismissed } = body;
  for (const [field, value] of Object.entries({ exampleChosen, dismissed }))
    if (value !== undefined && typeof value !== "boolean")
      throw new Fault("bad-request", { field, expected: "true or false" });
  if (
    skipped !== undefined &&
    !(Array.isArray(skipped) && skipped.every((step) => STEPS.includes(step as OnboardingStep)))
  )
    throw new Fault("bad-request", { field: "skipped", expected: STEPS });
  if (answers !== undefined) {
    const isMap = typeof answers === "object" && answers !== null && !Array.isArray(answers);
    const fits =
      isMap && Object.values(answers).every((one) => one === null || ANSWERS.includes(one as OnboardingAnswer));
    if (!fits) throw new Fault("bad-request", { field: "answers", expected: ANSWERS });
  }
  return {
    ...(exampleChosen === undefined ? {} : { exampleChosen: exampleChosen as boolean }),
    ...(answers === undefined ? {} : { answers: answers as NonNullable<OnboardingPut["answers"]> }),
    ...(skipped === undefined ? {} : { skipped: [...new Set(skipped as OnboardingStep[])] }),
    ...(dismissed === undefined ? {} : { dismissed: dismissed as boolean }),
  };
}
