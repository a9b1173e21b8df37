/** The linter: its recommended rules are the ones kept. */
const REDOCLY = "npm:@redocly/cli@2.77.0";

/** What it says of one file. */
interface Verdict {
  readonly problems: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly location: readonly { readonly pointer?: string }[];
  }[];
}

/**
 * Everything that redocly's recommended rules find in a document, a line each; `null` where redocly can't be fetched.
 *
 * It runs beside the tests instead of within: its hundred packages have no place among those of a first start.
 */
export async function lintDocument(document: unknown): Promise<readonly string[] | null> {
  const file = await Deno.makeTempFile({ prefix: "pronoia-openapi-", suffix: ".json" });
  try {
    await Deno.writeTextFile(file, JSON.stringify(document));
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...[
          "run",
          "--quiet",
          "--no-lock",
          "--no-config",
          "--allow-read",
          "--allow-env",
          "--allow-sys",
          REDOCLY,
        ],
        ...["lint", "--extends=recommended", "--format=json", file],
      ],
      env: { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", NO_COLOR: "1" },
    }).output();
    const output = new TextDecoder().decode(stdout);
    if (!output.includes('"totals"')) {
      console.error(`NOT TESTED: the rules of redocly. ${new TextDecoder().decode(stderr).slice(0, 500)}`);
      return null;
    }
    const { problems } = JSON.parse(output) as Verdict;
    return problems.map(({ ruleId, message, location }) =>
      `${ruleId}: ${message} ${location[0]?.pointer ?? ""}`
    );
  } finally {
    await Deno.remove(file);
  }
}
