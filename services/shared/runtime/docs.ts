import viewer from "rapidoc/dist/rapidoc-min.js" with { type: "text" };

/** No inline script and nothing from elsewhere; the viewer styles itself, so styles may be inline. */
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

/** The page of `/docs`: the API as people read it, offline. Its addresses are relative, so it works under any prefix. */
export function docsPage(title: string): Response {
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<script type="module" src="docs/viewer.js"></script>
</head>
<body>
<rapi-doc spec-url="openapi.json" render-style="read" show-header="false" load-fonts="false" regular-font="system-ui"
  mono-font="ui-monospace, monospace" allow-authentication="true" allow-server-selection="false"
  schema-description-expanded="true"></rapi-doc>
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

/** The viewer's script. */
export function docsScript(): Response {
  return new Response(viewer, {
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=3600",
      "x-content-type-options": "nosniff",
    },
  });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
