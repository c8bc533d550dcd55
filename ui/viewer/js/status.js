/**
 * Below the panes: the values under the cursor, and the colour bar.
 * @module
 */

import { difference } from "./difference.js";
import { element } from "./dom.js";
import { exactText, levelsText, signed, withMinus } from "./format.js";

/** @typedef {import("./viewer.js").Viewer} Viewer */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {{name: string, kind: string, texts: string[]}} Row */

const SPEAK_AFTER_MS = 400; // a screen reader would read every pixel on the way otherwise

export class Status {
  /** @param {Viewer} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    this.table = element("table", { class: "values", "aria-label": "Values of the pixel" });
    this.place = element("div", { class: "place" });
    this.region = element("div", { class: "place" });
    this.spoken = element("div", { class: "spoken", role: "status", "aria-live": "polite" });
    this.gradient = element("canvas", { class: "gradient", height: 1, "aria-hidden": "true" });
    this.ticks = element("div", { class: "ticks" });
    this.barTitle = element("div", { class: "bar-title" });
    this.colourBar = element("div", { class: "colour-bar", role: "img" }, this.barTitle, this.gradient, this.ticks);
    this.where = element("div", { class: "where" }, this.place, this.region);
    this.bar = element("div", { class: "status" }, this.where, this.table, this.colourBar, this.spoken);
    this.shown = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.speaking = undefined;
  }

  /** The pixel under the cursor, or the one that was kept. */
  showValues() {
    const { cursor, pixel, region } = this.viewer.selection;
    const point = cursor ?? pixel;
    this.place.textContent = point ? `x ${point[0]}  y ${point[1]}${cursor ? "" : "  kept"}` : "No pixel";
    this.region.textContent = region ? `region ${region[2]}×${region[3]} at ${region[0]}, ${region[1]}` : "";
    const rows = this.rows(point);
    const shown = JSON.stringify([this.viewer.channelNames, rows]);
    if (shown === this.shown) return; // a pan draws often, and changes no value
    this.shown = shown;
    this.fillTable(rows);
    this.speak(point, rows);
  }

  /** @param {Row[]} rows */
  fillTable(rows) {
    const names = this.viewer.channelNames.map((name) => element("th", { scope: "col" }, name));
    const lines = rows.map(({ name, kind, texts }) => {
      const cells = texts.map((text) => element("td", {}, text));
      return element("tr", { class: `row-${kind}` }, element("th", { scope: "row" }, name), ...cells);
    });
    const head = element("thead", {}, element("tr", {}, element("td"), ...names));
    this.table.replaceChildren(head, element("tbody", {}, ...lines));
  }

  /** @param {Point | null} point @returns {Row[]} */
  rows(point) {
    const { viewer } = this;
    const a = point && viewer.values("a", point);
    const b = point && viewer.values("b", point);
    const count = viewer.channelNames.length;
    /** @param {number[] | null} values */
    const texts = (values) => Array.from({ length: count }, (_, channel) => (values && channel < values.length ? withMinus(exactText(values[channel] ?? NaN)) : "–"));
    const differences = a && b && viewer.comparable ? a.map((value, channel) => difference(value, b[channel] ?? NaN)) : null;
    return [
      { name: "A", kind: "a", texts: texts(a) },
      { name: "B", kind: "b", texts: texts(b) },
      { name: "B − A", kind: "difference", texts: differences ? differences.map((each) => signed(exactText(each))) : texts(null) },
    ];
  }

  /** @param {Point | null} point @param {Row[]} rows */
  speak(point, rows) {
    clearTimeout(this.speaking);
    if (!point || !this.viewer.hasFocus) return;
    const words = rows.map(({ name, texts }) => `${name}: ${texts.join(", ")}`).join("; ");
    this.speaking = setTimeout(() => (this.spoken.textContent = `x ${point[0]}, y ${point[1]}. ${words}`), SPEAK_AFTER_MS);
  }

  /** The map, with the levels that its ends stand for. */
  showColourBar() {
    const { colouring, settings, comparable } = this.viewer;
    this.colourBar.hidden = !comparable || !["side", "difference"].includes(settings.mode);
    const first = colouring.signed ? colouring.zero - colouring.steps : colouring.zero;
    const words = colouring.words.slice(first, colouring.zero + colouring.steps + 1);
    this.gradient.width = words.length;
    const image = new ImageData(words.length, 1);
    new Uint32Array(image.data.buffer).set(words);
    this.gradient.getContext("2d")?.putImageData(image, 0, 0);
    const full = levelsText(colouring.fullScale);
    const ticks = colouring.signed ? [`−${full}`, "0", `+${full}`] : ["0", levelsText(colouring.fullScale / 2), full];
    this.ticks.replaceChildren(...ticks.map((tick) => element("span", {}, tick)));
    this.barTitle.textContent = colouring.signed ? "B − A in levels" : "|B − A| in levels";
    this.colourBar.setAttribute("aria-label", `${this.barTitle.textContent}, from ${ticks[0]} to ${ticks[2]}`);
  }
}
