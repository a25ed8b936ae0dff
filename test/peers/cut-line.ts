import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A line to a server that can be cut and mended: whatever runs over it breaks off, and nobody answers until it is mended. */
export type CutLine = { readonly url: string; cut(): Promise<void>; mend(): Promise<void>; stop(): Promise<void> };

export async function startCutLine(to: number): Promise<CutLine> {
  const sockets = new Set<Socket>();
  const open = (port: number): Promise<Server> =>
    new Promise((resolve, reject) => {
      const server = createServer((near) => {
        const far = connect(to, "127.0.0.1");
        for (const [socket, other] of [
          [near, far],
          [far, near],
        ] as const) {
          sockets.add(socket);
          socket.on("error", () => {});
          socket.on("close", () => {
            sockets.delete(socket);
            other.destroy();
          });
        }
        near.pipe(far);
        far.pipe(near);
      });
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => resolve(server));
    });
  let server: Server | undefined = await open(0);
  const { port } = server.address() as AddressInfo;
  const cut = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
    server = undefined;
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    async mend() {
      server ??= await open(port);
    },
    stop: cut,
  };
}
