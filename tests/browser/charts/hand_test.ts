import { ok } from "node:assert/strict";
import { until } from "../../support/until.ts";
import { browserTest } from "../_browser_tests.ts";
import { waitForText } from "../_page.ts";
import { seriesId } from "../_services.ts";

browserTest("a chart is moved and zoomed by keyboard, and the view is in the link", async ({ url, open }) => {
  const page = await open(`#/series/${await seriesId(url, "node_load1")}`);
  const chart = page.getByRole("application").first();
  await chart.focus();
  await page.keyboard.press("+");
  await page.waitForURL(/from=/);
  const from = () => Number(/from=(\d+)/.exec(page.url())?.[1]);
  const zoomedFrom = from();
  await page.keyboard.press("ArrowLeft");
  await until(() => from() < zoomedFrom, "an earlier view");
  await page.keyboard.press("0");
  await page.waitForURL(/^[^=]*$/);
});

browserTest(
  "by touch a chart is moved, zoomed and shown whole, and its hint says so",
  async ({ url, open }) => {
    const page = await open(`#/series/${await seriesId(url, "node_load1")}`, { width: 390, touch: true });
    await waitForText(page, /^point forecast$/);
    await page.waitForLoadState("networkidle");
    ok(await page.getByText("Swipe to move, pinch to zoom").isVisible());
    ok(!await page.getByText("Drag to zoom").isVisible());
    const plot = page.locator(".u-over").first();
    await plot.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await plot.boundingBox())!;
    const client = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", parts: readonly number[]) =>
      client.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: parts.map((part, id) => ({ x: x + part * width, y: y + height / 2, id })),
      });
    const drag = async (from: readonly number[], to: readonly number[]) => {
      await touch("touchStart", from);
      for (const share of [0.2, 0.4, 0.6, 0.8, 1]) {
        await touch("touchMove", from.map((start, k) => start + share * (to[k] - start)));
      }
      await touch("touchEnd", []);
    };
    const seen = async () => {
      await page.waitForURL(/from=\d+&to=\d+/);
      const [, from, to] = /from=(\d+)&to=(\d+)/.exec(page.url())!.map(Number);
      return { from, span: to - from };
    };
    await drag([0.3], [0.7]);
    const moved = await seen();
    await drag([0.45, 0.55], [0.2, 0.8]);
    await until(async () => (await seen()).span < moved.span / 2, "a closer view");
    const { from, span } = await seen();
    ok(from > moved.from && from + span < moved.from + moved.span, "of what was between the fingers");
    for (let tap = 0; tap < 2; tap++) {
      await touch("touchStart", [0.5]);
      await touch("touchEnd", []);
    }
    await page.waitForURL((shown) => !shown.hash.includes("from="));
  },
);
