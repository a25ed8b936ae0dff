import type { FastifyInstance } from "fastify";
import type { Scope } from "../../src/access/permissions.ts";
import type { Engine } from "../../src/engine/engine.ts";
import type { Measuring } from "../../src/engine/hosts/measuring.ts";
import { createServer } from "../../src/http/server.ts";
import { newToken } from "../../src/http/tokens.ts";
import { seededChance } from "../../src/id/chance.ts";
import { asId } from "../../src/id/id.ts";
import { World, type WorldSetup } from "./world.ts";

export type Served = {
  readonly world: World;
  readonly server: FastifyInstance;
  /** Somebody with a token of that scope, who is that person of the roster. */
  as(scope: Scope, person?: string): Promise<Asker>;
  stop(): Promise<void>;
};

export type Asker = <T = Record<string, unknown>>(method: string, path: string, body?: object) => Promise<Answered<T>>;
export type Answered<T> = { readonly status: number; readonly body: T; readonly code: string };

/** The HTTP face over the engine of a made-up world: real routes, rows and duties, and a clock that waits. */
export async function startServed(setup: WorldSetup, measuring?: (engine: Engine) => Measuring): Promise<Served> {
  const world = await World.create(setup);
  const server = createServer(world.engine, "0.0.0", "web/dist", "", measuring?.(world.engine));
  await server.ready();
  const chance = seededChance(7);
  return {
    world,
    server,
    async as(scope, person) {
      const { text, token } = newToken(chance, { name: person ?? scope, scopes: [scope], at: world.clock.now() });
      await world.store.putToken(person === undefined ? token : { ...token, person: asId(person) });
      // The book of tokens is read anew by the second.
      await world.advance(1_001);
      return async <T>(method: string, url: string, body?: object) => {
        const answer = await server.inject({
          method: method as "GET",
          url,
          headers: {
            authorization: `Bearer ${text}`,
            "accept-language": "en",
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
          ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
        });
        const read = (answer.body.startsWith("{") ? answer.json() : {}) as T & { error?: { code: string } };
        return { status: answer.statusCode, body: read, code: read.error?.code ?? "" };
      };
    },
    async stop() {
      await server.close();
      const stopping = world.engine.stop(0);
      await world.advance(1);
      await stopping;
      await world.store.close();
    },
  };
}
