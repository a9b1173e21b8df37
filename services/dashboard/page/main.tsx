import { render, type VNode } from "preact";
import { useArrival } from "./arrival.ts";
import { OperationsPage } from "./operations/operations_page.tsx";
import { OverviewPage } from "./overview/overview_page.tsx";
import { DemoNote } from "./frame/demo_note.tsx";
import { OutageBanner } from "./frame/outage_banner.tsx";
import { PipelineLine } from "./frame/pipeline_line.tsx";
import { TokenDialog } from "./parts/token_dialog.tsx";
import { linkTo, route } from "./route.ts";
import { SeriesPage } from "./series/series_page.tsx";
import { SlaPage } from "./sla/sla_page.tsx";

function App(): VNode {
  const { page } = route.value;
  useArrival();
  const here = (of: string) => page === of ? "page" : undefined;
  return (
    <>
      <a class="skip" href="#content" onClick={skipToContent}>Skip to content</a>
      <header class="top">
        <a class="brand" href={linkTo("")}>Pronoia</a>
        <nav aria-label="Pages">
          <a href={linkTo("")} aria-current={here("overview")}>Overview</a>
          <a href={linkTo("sla")} aria-current={here("new-sla")}>New SLA</a>
          <a href={linkTo("operations")} aria-current={here("operations")}>Operations</a>
        </nav>
        <DemoNote />
        <PipelineLine />
      </header>
      <OutageBanner />
      <div id="content" tabIndex={-1}>
        <Page />
      </div>
      <TokenDialog />
    </>
  );
}

function Page(): VNode {
  const { page, id } = route.value;
  switch (page) {
    case "series":
      return <SeriesPage key={id} id={id} />;
    case "sla":
    case "new-sla":
      return <SlaPage key={id} id={id === "" ? null : id} />;
    case "operations":
      return <OperationsPage />;
    case "nowhere":
      return (
        <main>
          <h1>No such page</h1>
          <p>
            Nothing is at <code>#/{id}</code>. <a href={linkTo("")}>All SLAs and series</a>{" "}
            are on the overview.
          </p>
        </main>
      );
    default:
      return <OverviewPage />;
  }
}

/** The fragment is the route, so the link can't be a plain one. */
function skipToContent(event: Event): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}

const root = document.getElementById("app");
if (root !== null) {
  root.replaceChildren();
  render(<App />, root);
}
