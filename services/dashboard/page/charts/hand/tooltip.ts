import type uPlot from "uplot";

/** What is said of the moment under the cursor. */
export interface Reading {
  readonly title: string;
  readonly rows: readonly { readonly colour: string; readonly text: string }[];
}

/** Keeps this far from the cursor and from the edges. */
const GAP_PX = 12;

/** A read-out beside the cursor. It is for the eye and the mouse; the table below the chart is for everybody. */
export function tooltip(readAt: (index: number) => Reading): uPlot.Plugin {
  const box = document.createElement("div");
  box.className = "tooltip";
  box.hidden = true;
  box.setAttribute("aria-hidden", "true");
  return {
    hooks: {
      init: (u) => {
        u.over.append(box);
        u.over.addEventListener("mouseleave", () => box.hidden = true);
      },
      setCursor: (u) => {
        const { idx, left = -1, top = -1 } = u.cursor;
        if (idx === null || idx === undefined || left < 0) {
          box.hidden = true;
          return;
        }
        const { title, rows } = readAt(idx);
        box.replaceChildren(
          line("strong", title),
          ...rows.map(({ colour, text }) => line("span", text, colour)),
        );
        box.hidden = false;
        const { clientWidth, clientHeight } = u.over;
        const x = left + GAP_PX + box.offsetWidth > clientWidth
          ? left - GAP_PX - box.offsetWidth
          : left + GAP_PX;
        const y = Math.min(top + GAP_PX, clientHeight - box.offsetHeight);
        box.style.transform = `translate(${Math.max(-GAP_PX, x)}px, ${Math.max(0, y)}px)`;
      },
    },
  };
}

function line(kind: "strong" | "span", text: string, colour?: string): HTMLElement {
  const element = document.createElement(kind);
  element.textContent = text;
  if (colour !== undefined) element.style.borderColor = colour;
  return element;
}
