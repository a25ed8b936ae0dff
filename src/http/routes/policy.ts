import type { FastifyInstance, FastifyRequest } from "fastify";
import { seenBy } from "../../engine/evaluate/what-is-seen.ts";
import { activatePolicy, policyDraft, readVersion, saveDraft } from "../../engine/policies.ts";
import { driversOf } from "../../engine/ports.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import type { Diagnostic } from "../../policy/diagnostic.ts";
import { policyIdOf } from "../../policy/policy-id.ts";
import { readPolicy } from "../../policy/read-policy.ts";
import type { Finding } from "../../proof/finding.ts";
import { mendPolicy } from "../../proof/mend-policy.ts";
import { toIso } from "../../time/instant.ts";
import { callerName, type HttpFacts, jsonBody, localeFor, may } from "../access.ts";
import { answersIn, demandFewClauses, documentIn, listIn, POLICY_BODY_BYTES_MAX } from "../policy-body.ts";
import { shownDocument } from "../show/show-document.ts";
import { shownDiagnostic, shownFindings } from "../show/show-policy.ts";
import type {
  ActivatedPolicy,
  CheckedPolicy,
  MendedPolicy,
  PolicyDocument,
  PolicyDraft,
  PolicyVersions,
  WireFinding,
} from "../wire/policy.ts";

/** The policy: as a document, its versions, the draft, and what would be found in another. */
export function policyRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, sha256, settings } = engine.ports;
  const drivers = driversOf(engine.ports.channels);
  const read = may(facts, "policy.read");
  const write = { ...may(facts, "policy.activate"), bodyLimit: POLICY_BODY_BYTES_MAX };

  const checked = async (request: FastifyRequest, source: { text: string; file: string }): Promise<CheckedPolicy> => {
    const { file, text } = source;
    const locale = localeFor(request);
    const id = policyIdOf(text, sha256);
    const { policy, diagnostics } = readPolicy({ file, text, id });
    demandFewClauses(policy);
    const roster = await engine.knowledge.roster(store);
    const held = { roster, drivers, at: clock.now(), zone: settings.zone };
    const findings: readonly WireFinding[] =
      policy === undefined ? [] : shownFindings(policy, { ...held, locale, file });
    return {
      id,
      file,
      title: policy?.title ?? file,
      readable: policy !== undefined,
      clauses: policy?.clauses.size ?? 0,
      diagnostics: diagnostics.map((one) => shownDiagnostic(one, locale)),
      findings,
    };
  };
  const shown = async (request: FastifyRequest, id: string): Promise<PolicyDocument> => {
    const version = await store.policy(asId(id));
    if (version === undefined) throw new Fault("not-found", { policy: id });
    const current = await store.currentPolicy();
    const roster = await engine.knowledge.roster(store);
    return shownDocument(
      { ...version, current: current?.id === version.id },
      {
        roster,
        drivers,
        at: clock.now(),
        zone: settings.zone,
        locale: localeFor(request),
        seen: seenBy(engine.evaluation, clock.now()),
      },
    );
  };

  server.get("/api/v1/policy", read, async (request): Promise<PolicyDocument> => {
    const current = await store.currentPolicy();
    if (current === undefined) throw new Fault("not-found", { policy: "in force" });
    return shown(request, current.id);
  });
  server.get("/api/v1/policies", read, async (): Promise<PolicyVersions> => {
    const [versions, current, pinned] = [await store.policies(), await store.currentPolicy(), await pinnedTo(store)];
    return {
      policies: versions.map(({ id, file, activatedAt, by }) => ({
        id,
        file,
        activatedAt: toIso(activatedAt),
        by,
        current: id === current?.id,
        openIncidents: pinned.get(id) ?? 0,
      })),
    };
  });
  server.get<{ Params: { id: string } }>("/api/v1/policies/:id", read, (request) => shown(request, request.params.id));

  server.get("/api/v1/policies/draft", read, async (): Promise<PolicyDraft> => shownDraft(await policyDraft(store)));
  server.put("/api/v1/policies/draft", write, async (request): Promise<PolicyDraft> => {
    const body = jsonBody(request);
    const facts = { by: callerName(request), revision: revisionIn(body) };
    return shownDraft(await saveDraft(engine, documentIn(body), facts));
  });
  server.delete("/api/v1/policies/draft", write, async (request): Promise<PolicyDraft> => {
    const query = request.query as Readonly<Record<string, unknown>>;
    const facts = { by: callerName(request), revision: revisionIn({ revision: Number(query.revision) }) };
    return shownDraft(await saveDraft(engine, { text: null, file: null }, facts));
  });

  const look = { ...read, bodyLimit: POLICY_BODY_BYTES_MAX };
  server.post("/api/v1/policies/check", look, (request) => checked(request, documentIn(jsonBody(request))));
  server.post("/api/v1/policies/mend", look, async (request): Promise<MendedPolicy> => {
    const body = jsonBody(request);
    const source = documentIn(body);
    const mended = mendPolicy(source, { codes: listIn(body, "codes"), answers: answersIn(body) }, drivers);
    const { diagnostics, findings } = await checked(request, { ...source, text: mended.text });
    return { text: mended.text, applied: mended.applied, refused: mended.refused, diagnostics, findings };
  });

  const activated = async (
    request: FastifyRequest,
    source: { readonly text: string; readonly file: string },
    accept: readonly string[],
  ): Promise<ActivatedPolicy> => {
    try {
      const done = await activatePolicy(engine, source, { by: callerName(request), accept });
      return { ...done, activatedAt: toIso(done.activatedAt) };
    } catch (error) {
      throw inWords(error, request);
    }
  };
  server.post("/api/v1/policies", write, async (request, reply): Promise<ActivatedPolicy> => {
    const body = jsonBody(request);
    const done = await activated(request, documentIn(body), listIn(body, "accept"));
    reply.code(done.unchanged ? 200 : 201);
    return done;
  });
  server.post<{ Params: { id: string } }>("/api/v1/policies/:id/activate", write, async (request) => {
    const { text, file } = await readVersion(engine, request.params.id);
    return activated(request, { text, file }, listIn(jsonBody(request), "accept"));
  });
}

const PAGE = 500;

/** How many incidents that somebody still has to deal with keep each version. */
async function pinnedTo(store: HttpFacts["engine"]["ports"]["store"]): Promise<ReadonlyMap<string, number>> {
  const pinned = new Map<string, number>();
  for (let before: number | undefined; ; ) {
    const page = await store.incidents({
      states: ["triggered", "acknowledged"],
      limit: PAGE,
      ...(before === undefined ? {} : { beforeNumber: before }),
    });
    for (const { policy } of page) pinned.set(policy, (pinned.get(policy) ?? 0) + 1);
    before = page.at(-1)?.number;
    if (page.length < PAGE || before === undefined) return pinned;
  }
}

function shownDraft(draft: Awaited<ReturnType<typeof policyDraft>>): PolicyDraft {
  if (draft === undefined) return { revision: 0, text: null, file: null, by: null, at: null };
  const { revision, text, file, by, at } = draft;
  return text === null
    ? { revision, text, file: null, by: null, at: null }
    : { revision, text, file, by, at: toIso(at) };
}

function revisionIn({ revision }: Readonly<Record<string, unknown>>): number {
  if (typeof revision !== "number" || !Number.isInteger(revision) || revision < 0)
    throw new Fault("bad-request", { field: "revision", expected: "the revision that was read; 0 for the first" });
  return revision;
}

/** What a refusal tells of the document, in the language of whoever asked. */
function inWords(error: unknown, request: FastifyRequest): unknown {
  if (!(error instanceof Fault)) return error;
  const locale = localeFor(request);
  const { diagnostics, findings, ...rest } = error.facts as {
    readonly diagnostics?: readonly Diagnostic[];
    readonly findings?: readonly Finding[];
  };
  return new Fault(error.code, {
    ...rest,
    ...(diagnostics === undefined ? {} : { diagnostics: diagnostics.map((one) => shownDiagnostic(one, locale)) }),
    ...(findings === undefined
      ? {}
      : { findings: findings.map(({ code, clause, message }) => ({ code, clause, message: message[locale] })) }),
  });
}
