import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import serveFiles from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { openTo } from "../access.ts";

/** Nothing but our own files, nothing inline, no frame around us. React sets styles through the CSSOM, which this allows. */
export const WEB_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

const YEAR_S = 31_536_000;

/**
 * Serves the built web UI from `folder`: files under their hashed names for a year, and for every other address that a
 * browser asks for, the one page that shows it.
 */
export function webRoutes(
  server: FastifyInstance,
  folder: string,
): (request: FastifyRequest, reply: FastifyReply) => boolean {
  const index = join(folder, "index.html");
  if (!existsSync(index)) return () => false;
  const page = readFileSync(index);
  void server.register(serveFiles, {
    root: resolve(folder, "assets"),
    prefix: "/assets/",
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response) => void response.header("cache-control", `public, max-age=${YEAR_S}, immutable`),
    decorateReply: false,
  });
  for (const [name, type] of FILES) {
    if (!existsSync(join(folder, name))) continue;
    const body = readFileSync(join(folder, name));
    server.get(`/${name}`, openTo("a file of the web UI"), async (_request, reply) =>
      reply.type(type).header("cache-control", "no-cache").header("content-security-policy", WEB_POLICY).send(body),
    );
  }
  const show = (reply: FastifyReply): FastifyReply =>
    reply
      .code(200)
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-cache")
      .header("content-security-policy", WEB_POLICY)
      .send(page);
  return (request, reply) => {
    const wanted = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
    if (!wanted || /^\/(api|assets|v2|a|metrics|-)(\/|$)/.test(request.url)) return false;
    void show(reply);
    return true;
  };
}

/** What browsers ask for at a fixed name. */
const FILES = [
  ["favicon.svg", "image/svg+xml"],
  ["icon-192.png", "image/png"],
  ["icon-512.png", "image/png"],
  ["manifest.webmanifest", "application/manifest+json"],
  ["sw.js", "text/javascript; charset=utf-8"],
] as const;
