import type { ComponentChildren, VNode } from "preact";

interface PanelProps {
  readonly title: string;
  /** One sentence on how to read what is below. */
  readonly hint?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A titled region of a page. */
export function Panel({ title, hint, actions, children }: PanelProps): VNode {
  const id = `panel-${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
  return (
    <section class="panel" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {actions !== undefined && actions !== false && <div class="actions">{actions}</div>}
      </header>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {children}
    </section>
  );
}
