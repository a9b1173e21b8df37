/** Writes the dashboard as files for a web server: `export_dashboard.ts FOLDER`. */
import { createDashboard } from "../services/dashboard/serve.ts";

const [folder] = Deno.args;
const app = await createDashboard();
await Deno.mkdir(folder, { recursive: true });
for (const path of new Set(app.routes.filter(({ method }) => method === "GET").map(({ path }) => path))) {
  const response = await app.request(path);
  if (!response.ok) throw new Error(`Cannot export the dashboard as ${path} answers ${response.status}`);
  await Deno.writeFile(
    `${folder}${path === "/" ? "/index.html" : path}`,
    new Uint8Array(await response.arrayBuffer()),
  );
}
