import { findProgram } from "./_install.ts";
import { accepts, freePort, run, untilReady } from "./_process.ts";

/** What to run where a native server can't be had and Docker can. */
export interface ContainerParts {
  readonly image: string;
  /** The port the server listens on inside. */
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** A running container, reached on a loopback port. */
export interface Container extends AsyncDisposable {
  readonly port: number;
}

/** Whether Docker is there and answers. */
export async function hasDocker(): Promise<boolean> {
  const docker = await findProgram("docker");
  if (docker === undefined) return false;
  return (await new Deno.Command(docker, { args: ["info"], stdout: "null", stderr: "null" }).output())
    .success;
}

/** Starts a container; `parts` may depend on the loopback port, as Kafka's advertised address does. */
export async function openContainer(parts: (port: number) => ContainerParts): Promise<Container> {
  const port = freePort();
  const { image, port: inside, env = {}, args = [] } = parts(port);
  const name = `pronoia-test-${crypto.randomUUID()}`;
  const settings = Object.entries(env).flatMap(([key, value]) => ["-e", `${key}=${value}`]);
  await run("docker", [
    "run",
    "--rm",
    "--detach",
    "--name",
    name,
    "--publish",
    `127.0.0.1:${port}:${inside}`,
    ...settings,
    image,
    ...args,
  ]);
  const end = () => run("docker", ["rm", "--force", name]);
  try {
    await untilReady(image, () => accepts(port), { timeoutMs: 120_000 });
  } catch (error) {
    await end();
    throw error;
  }
  return { port, [Symbol.asyncDispose]: end };
}
