const ROOT = new URL("../..", import.meta.url).pathname;

/** Bundles modules for browsers as they are published, and gives each file's text and its size as gzip sends it. */
export async function bundleForBrowsers(
  ...entries: string[]
): Promise<{ readonly texts: readonly string[]; readonly gzippedBytes: number }> {
  const folder = await Deno.makeTempDir();
  try {
    const args = ["bundle", "--quiet", "--minify", "--platform", "browser", "--outdir", folder, ...entries];
    const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    const texts = [];
    for (const { name } of Deno.readDirSync(folder)) texts.push(await Deno.readTextFile(`${folder}/${name}`));
    const sizes = await Promise.all(texts.map(gzippedSize));
    return { texts, gzippedBytes: sizes.reduce((sum, size) => sum + size, 0) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function gzippedSize(text: string): Promise<number> {
  const gzipped = new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip")));
  return (await gzipped.arrayBuffer()).byteLength;
}
