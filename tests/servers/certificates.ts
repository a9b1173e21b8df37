import { requireProgram } from "./_install.ts";
import { run } from "./_process.ts";

/** An authority of a test's own and a server's certificate signed by it, as PEM files in a temporary folder. */
export interface Certificates extends AsyncDisposable {
  /** Certificate of the authority: what a client has to trust. */
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Key and certificate in one file. */
  readonly bundleFile: string;
}

/** Makes certificates. @param names What the server is called, as `subjectAltName` has it. */
export async function makeCertificates(names = "DNS:localhost,IP:127.0.0.1"): Promise<Certificates> {
  await requireProgram("openssl", "openssl");
  const folder = await Deno.makeTempDir({ prefix: "pronoia-certificates-" });
  const openssl = (...args: string[]) => run("openssl", args, { cwd: folder });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  await openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test authority");
  await openssl("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=server");
  await Deno.writeTextFile(`${folder}/extensions`, `subjectAltName=${names}\nbasicConstraints=CA:FALSE\n`);
  const signing = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "extensions"];
  await openssl("x509", "-req", "-in", "server.csr", ...signing, "-out", "server.pem");
  const parts = await Promise.all(
    ["server.key", "server.pem"].map((name) => Deno.readTextFile(`${folder}/${name}`)),
  );
  await Deno.writeTextFile(`${folder}/bundle.pem`, parts.join(""));
  // MySQL's server reads as a user of its own.
  await Deno.chmod(folder, 0o755);
  return {
    caFile: `${folder}/ca.pem`,
    certificateFile: `${folder}/server.pem`,
    keyFile: `${folder}/server.key`,
    bundleFile: `${folder}/bundle.pem`,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
