import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { unitOfExpression } from "../../../shared/domain/units/unit.ts";
import { ApiError } from "../api/request.ts";
import { deleteSla, readSla, readStatus, type Sla, type SlaDraft } from "../api/slas.ts";
import { useTitle } from "../arrival.ts";
import { readable } from "../format/sentence.ts";
import { useLive } from "../live.ts";
import { Answer, Failure } from "../parts/answer.tsx";
import { Panel } from "../parts/panel.tsx";
import { Expression } from "../parts/words/expression.tsx";
import { PrometheusLink } from "../parts/words/prometheus_link.tsx";
import { withToken } from "../parts/token_dialog.tsx";
import { linkTo, route } from "../route.ts";
import { BudgetHistory } from "./budget_history.tsx";
import { BudgetPanel } from "./budget_panel.tsx";
import { EventsPanel } from "./events_panel.tsx";
import { PredictionPanel } from "./prediction_panel.tsx";
import { revisionOf } from "./revision_of.ts";
import { SlaForm } from "./form/sla_form.tsx";
import { useShownSamples } from "./shown_span.ts";
import { StatusPanel } from "./status_panel.tsx";
import { ViolationsPanel } from "./violations_panel.tsx";

/** One SLA, or the form for a new one. */
export function SlaPage({ id }: { readonly id: string | null }): VNode {
  const { expression = "" } = route.value.query;
  return id === null ? <NewSla key={expression} expression={expression} /> : <StoredSla id={id} />;
}

function NewSla({ expression }: { readonly expression: string }): VNode {
  useTitle("New SLA");
  return (
    <main>
      <h1>New SLA</h1>
      <SlaForm
        draft={{ expression }}
        onStored={(sla) => location.hash = linkTo(`sla/${sla.id}`)}
      />
    </main>
  );
}

function StoredSla({ id }: { readonly id: string }): VNode {
  const stored = useLive(`sla-${id}`, (signal) => readSla(id, signal), 5_000);
  useTitle(stored.value?.sla.name ?? "SLA");
  const [editing, setEditing] = useState(false);
  if (isMissing(stored.error)) return <NoSla name={stored.value?.sla.name} />;
  return (
    <main>
      <Answer of={stored} what="the SLA">
        {({ sla, etag }) => (
          <>
            <div class="title">
              <h1>{sla.name}</h1>
              <p>
                <Expression text={sla.expression} />
                <PrometheusLink expression={sla.expression} />
              </p>
              {sla.description !== "" && <p>{sla.description}</p>}
              {sla.warnings.map((warning) => <p key={warning} class="notice">{readable(warning)}</p>)}
              <div class="actions">
                <button
                  type="button"
                  class="quiet"
                  aria-expanded={editing}
                  onClick={() => setEditing(!editing)}
                >
                  {editing ? "Stop editing" : "Edit"}
                </button>
                <DeleteButton sla={sla} etag={etag} />
              </div>
            </div>
            {editing && (
              <SlaForm
                draft={draftOf(sla)}
                stored={{ sla, etag }}
                onStored={() => {
                  setEditing(false);
                  stored.refresh();
                }}
              />
            )}
            <Judged key={sla.revision} sla={sla} />
            <Panel title="As JSON" hint="The body that creates this SLA by POST to sla/slas.">
              <pre>{JSON.stringify(draftOf(sla), null, 2)}</pre>
            </Panel>
          </>
        )}
      </Answer>
    </main>
  );
}

/** What is no more is not shown as if it were only old. */
function isMissing(error: Error | undefined): boolean {
  return error instanceof ApiError && error.status === 404;
}

function NoSla({ name }: { readonly name: string | undefined }): VNode {
  return (
    <main>
      <h1>{name === undefined ? "No such SLA" : `“${name}” is no more`}</h1>
      <p>
        {name === undefined ? "No SLA has this id; it may have been deleted. " : "It was deleted. "}
        <a href={linkTo("")}>All SLAs</a> are on the overview.
      </p>
    </main>
  );
}

/**
 * What was judged by this very definition: what is known of an older one is not shown beside newer bounds.
 */
function Judged({ sla }: { readonly sla: Sla }): VNode {
  const { id, target } = sla;
  const status = useLive(`status-${revisionOf(sla)}`, (signal) => readStatus(id, signal), 5_000);
  const samples = useShownSamples(sla);
  const unit = unitOfExpression(sla.expression);
  return (
    <>
      <StatusPanel sla={sla} status={status} samples={samples} />
      <div class="columns">
        <PredictionPanel sla={sla} unit={unit} status={status.value} samples={samples.value} />
        <BudgetPanel sla={sla} />
      </div>
      {target !== null && (
        <BudgetHistory
          sla={sla}
          all={status.value?.series.map(({ labels }) => labels) ?? []}
        />
      )}
      <ViolationsPanel sla={sla} unit={unit} status={status.value} />
      <EventsPanel id={id} status={status} />
    </>
  );
}

/** What a caller says about an SLA, in this order. */
const DRAFT_FIELDS = [
  "name",
  "expression",
  "min",
  "max",
  "target",
  "budgetWindow",
  "tolerance",
  "warnMin",
  "warnMax",
  "noData",
  "labels",
  "description",
  "step",
] as const satisfies readonly (keyof SlaDraft)[];

/** What is stored without what the service adds. Derived bounds are derived anew. */
function draftOf(sla: Sla): Partial<SlaDraft> {
  const said = sla.derived ? DRAFT_FIELDS.filter((name) => name !== "min" && name !== "max") : DRAFT_FIELDS;
  return Object.fromEntries(said.map((name) => [name, sla[name]]));
}

function DeleteButton({ sla, etag }: { readonly sla: Sla; readonly etag: string }): VNode {
  const [sure, setSure] = useState(false);
  const [error, setError] = useState<Error>();
  async function remove(): Promise<void> {
    try {
      await withToken(() => deleteSla(sla.id, etag));
      location.hash = linkTo("");
    } catch (failure) {
      setError(failure as Error);
    }
  }
  return (
    <span class="actions" onKeyDown={({ key }) => key === "Escape" && setSure(false)}>
      {/* The same button: it keeps the focus, and a second click takes the first one back. */}
      <button type="button" class="quiet" onClick={() => setSure(!sure)}>
        {sure ? "Keep it" : "Delete"}
      </button>
      {sure && (
        <button type="button" class="danger" onClick={remove}>Delete “{sla.name}” and its history</button>
      )}
      {error !== undefined && <Failure error={error} what="the deletion" />}
    </span>
  );
}
