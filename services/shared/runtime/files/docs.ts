import script from "swagger-ui-dist/swagger-ui-bundle.js" with { type: "text" };
import style from "swagger-ui-dist/swagger-ui.css" with { type: "text" };
import { answerFile, type StaticFile } from "./static_file.ts";

/** No inline script and nothing from elsewhere; the viewer sizes its parts by inline styles. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * Starts the viewer, dark where the reader prefers it; a file of its own because the policy refuses inline scripts.
 */
const START = `const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();
SwaggerUIBundle({
  url: "openapi.json",
  domNode: document.getElementById("viewer"),
  deepLinking: true,
  displayOperationId: true,
  displayRequestDuration: true,
  filter: true,
  validatorUrl: null,
});
`;

/**
 * No answer links to another operation. On a phone the viewer leaves a path so little room that it breaks after each
 * letter: the operation's id makes way.
 */
const OWN_STYLE = `.swagger-ui .response-col_links { display: none; }
@media (max-width: 700px) {
  .swagger-ui .wrapper { padding: 0 0.6rem; }
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
  .swagger-ui .opblock .opblock-summary-operation-id { display: none; }
  .swagger-ui .opblock .opblock-summary-method { font-size: 0.75rem; min-width: 4rem; padding: 0.4rem 0; }
  .swagger-ui .opblock .opblock-summary-path { max-width: none; font-size: 0.8rem; overflow-wrap: anywhere; word-break: normal; }
  .swagger-ui .opblock .opblock-summary-control { min-width: 0; }
  .swagger-ui .opblock .opblock-summary-path-description-wrapper { flex: 1; min-width: 0; flex-direction: column; align-items: start; gap: 0.2rem; }
  .swagger-ui .opblock .opblock-summary-description { font-size: 0.75rem; }
}
`;

/** The style's map is not served, so it is not named either. */
const FILES: Readonly<Record<string, StaticFile>> = {
  "docs/viewer.js": { body: script, type: "text/javascript" },
  "docs/viewer.css": { body: style.replace(/\n\/\*# sourceMappingURL=.*$/m, ""), type: "text/css" },
  "docs/own.css": { body: OWN_STYLE, type: "text/css" },
  "docs/start.js": { body: START, type: "text/javascript" },
};

/** What the page loads besides the document: by its path relative to the page, what answers it. */
export const DOCS_FILES: ReadonlyMap<string, ReturnType<typeof answerFile>> = new Map(
  Object.entries(FILES).map(([path, { body, type }]) => [
    path,
    answerFile({
      body,
      type: `${type}; charset=utf-8`,
      headers: { "cache-control": "public, max-age=3600", "x-content-type-options": "nosniff" },
    }),
  ]),
);

/**
 * The page of `/docs`: the API as people read it, offline. Its addresses are relative, so it works under any prefix.
 */
export function docsPage(title: string): Response {
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/viewer.css">
<link rel="stylesheet" href="docs/own.css">
<script defer src="docs/viewer.js"></script>
<script defer src="docs/start.js"></script>
</head>
<body>
<div id="viewer"></div>
<noscript>This page needs JavaScript; the same is in <a href="openapi.json">openapi.json</a>.</noscript>
</body>
</html>
`;
  return new Response(page, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": CONTENT_SECURITY_POLICY,
      "x-content-type-options": "nosniff",
    },
  });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
