/** Where a service listens. */
export interface ListenOptions {
  /** An address, or `localhost`: both loopback addresses, as far as the machine has them. */
  readonly hostname: string;
  /** 0 is any free one. */
  readonly port: number;
  readonly handler: Deno.ServeHandler;
}

/** A service that listens. */
export interface Listening {
  /** Without a slash at its end, as a browser on this machine reaches it. */
  readonly url: string;
  /** Ends it when requests under way are answered. */
  shutdown(): Promise<void>;
}

/** Listens, or says in words why that can't be and exits with 2. */
export function listen(service: string, options: ListenOptions): Listening {
  const { hostname, port, handler } = options;
  const serve = (address: string, of: number): Deno.HttpServer<Deno.NetAddr> =>
    Deno.serve({ port: of, hostname: address, onListen: () => {} }, handler);
  try {
    const first = serve(hostname === "localhost" ? "127.0.0.1" : hostname, port);
    const servers = [first];
    if (hostname === "localhost") servers.push(...orNone(() => serve("::1", first.addr.port)));
    return {
      url: `http://${toName(hostname)}:${first.addr.port}`,
      shutdown: async () => {
        await Promise.all(servers.map((server) => server.shutdown()));
      },
    };
  } catch (error) {
    const found = error instanceof Deno.errors.AddrInUse
      ? "another process listens there, PORT chooses another"
      : (error as Error).message;
    console.error(`Cannot start ${service} as it must listen on ${hostname}:${port}: ${found}`);
    Deno.exit(2);
  }
}

/** A machine without IPv6 has no second loopback address. One that is taken would answer in the place of this. */
function orNone(serve: () => Deno.HttpServer<Deno.NetAddr>): Deno.HttpServer<Deno.NetAddr>[] {
  try {
    return [serve()];
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) throw error;
    return [];
  }
}

function toName(hostname: string): string {
  if (hostname === "0.0.0.0" || hostname === "::") return "localhost";
  return hostname.includes(":") ? `[${hostname}]` : hostname;
}
