import { z } from "zod";

/**
 * Path of a PEM file of the authorities to trust, tried when the configuration is read: a typo shows at the start.
 */
export const CertificatesFile: z.ZodType<string, string> = z.string().superRefine((path, context) => {
  const problem = problemOf(path);
  if (problem !== undefined) {
    context.addIssue({ code: "custom", message: `must name a PEM file of certificates, and ${problem}` });
  }
});

function problemOf(path: string): string | undefined {
  try {
    const text = Deno.readTextFileSync(path);
    return text.includes("-----BEGIN CERTIFICATE-----") ? undefined : "there is no certificate in it";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "there is no such file";
    if (error instanceof Deno.errors.NotCapable) return "it lies outside of what the process may read";
    return `it can't be read (${error instanceof Error ? error.message : error})`;
  }
}
