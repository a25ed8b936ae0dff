import type { FastifyInstance } from "fastify";
import { readCertificate } from "../../engine/prove/stored-proof.ts";
import { Fault } from "../../fault/fault.ts";
import { certificateText } from "../../proof/certificate-text.ts";
import { type HttpFacts, localeFor, may } from "../access.ts";
import { shownProof } from "../show/shown-proof.ts";
import type { LastProof } from "../wire/proof.ts";

const FORMATS = ["json", "text"];

/** The last proof of reach: to be shown, and as the sealed certificate to keep. */
export function proofRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { store } = facts.engine.ports;
  const read = may(facts, "roster.read");

  server.get("/api/v1/proof", read, async (request): Promise<LastProof> => {
    const certificate = await readCertificate(store);
    if (certificate === undefined) return { proof: null };
    const [policy, revision] = [await store.currentPolicy(), await store.rosterRevision()];
    const current = certificate.policy.id === policy?.id && certificate.roster.revision === revision;
    return { proof: shownProof(certificate, { locale: localeFor(request), current }) };
  });

  server.get<{ Querystring: { readonly format?: string } }>(
    "/api/v1/proof/certificate",
    read,
    async (request, reply) => {
      const { format = "json" } = request.query;
      if (!FORMATS.includes(format)) throw new Fault("bad-request", { format, expected: FORMATS });
      const certificate = await readCertificate(store);
      if (certificate === undefined) throw new Fault("not-found", { proof: "none was made yet" });
      const name = `bongsu-reach-${certificate.sha256.slice(0, 12)}`;
      const isText = format === "text";
      return reply
        .header("content-disposition", `attachment; filename="${name}.${isText ? "txt" : "json"}"`)
        .type(isText ? "text/plain; charset=utf-8" : "application/json; charset=utf-8")
        .send(
          isText
            ? `${certificateText(certificate, localeFor(request))}\n`
            : `${JSON.stringify(certificate, null, 2)}\n`,
        );
    },
  );
}
