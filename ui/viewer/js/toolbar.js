/**
 * The controls above the panes.
 * @module
 */

import { chosenMap } from "./colouring.js";
import { button, choiceGroup, element, labelledSelect, labelledSlider } from "./dom.js";
import { levelsText, scaleText } from "./format.js";

/** @typedef {import("./viewer.js").Viewer} Viewer */
/** @typedef {import("./types.js").Mode} Mode */

/** @type {{value: Mode, label: string, title: string}[]} */
const MODES = [
  { value: "side", label: "Side by side", title: "A, B and the difference, linked (S)" },
  { value: "swipe", label: "Swipe", title: "A left of a line, B right of it (W)" },
  { value: "onion", label: "Onion skin", title: "B laid over A (O)" },
  { value: "blink", label: "Blink", title: "A and B in turn (K)" },
  { value: "difference", label: "B − A", title: "The difference only (D)" },
  { value: "a", label: "A", title: "A only (A)" },
  { value: "b", label: "B", title: "B only (B)" },
];
const SIGNS = [
  { value: "signed", label: "Signed", title: "B − A: which of them is larger" },
  { value: "absolute", label: "Absolute", title: "|B − A|: how much they differ" },
];
const LARGEST = "largest";
const GAIN_RANGE = /** @type {[number, number, number]} */ ([-2, 8, 0.5]); // powers of two

export class Toolbar {
  /** @param {Viewer} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    this.modes = choiceGroup("View", MODES, (mode) => viewer.change({ mode: /** @type {Mode} */ (mode) }));
    this.scale = element("output", { class: "scale", title: "Device pixels for each pixel of the picture" });
    this.regionTool = button("Region", "Drag a rectangle: its statistics are shown below; a click removes it (R)", () => viewer.selection.toggleTool());
    this.worst = [
      button("Worst pixel", "Go to the pixel that differs most (M)", () => viewer.worst.goToWorst()),
      button("Next worst", "Go to the next worst region (N)", () => viewer.worst.goToNext()),
    ];
    this.swipe = labelledSlider("Line", [0, 1, 0.01], (swipe) => viewer.change({ swipe }));
    this.opacity = labelledSlider("Opacity of B", [0, 1, 0.01], (opacity) => viewer.change({ opacity }));
    this.rate = labelledSlider("Rate", [0, 3, 0.25], (rate_hz) => viewer.change({ rate_hz }));
    this.sign = choiceGroup("Difference", SIGNS, (sign) => viewer.change({ signed: sign === "signed" }));
    this.gain = labelledSlider("Gain", GAIN_RANGE, (power) => viewer.setGain(2 ** power));
    this.automatic = button("Auto", "Choose the gain from the differences that there are", () => viewer.toggleAutomaticGain());
    this.threshold = labelledSlider("Hide below", [0, 64, 0.5], (threshold) => viewer.change({ threshold }));
    this.channel = labelledSelect("Channel", (value) => viewer.change({ channel: value === LARGEST ? null : Number(value) }));
    this.map = labelledSelect("Colours", (name) => viewer.change(viewer.settings.signed ? { signed_map: name } : { magnitude_map: name }));
    const mixes = [this.swipe.label, this.opacity.label, this.rate.label];
    const space = element("span", { class: "space" });
    const find = group("Find", this.regionTool, ...this.worst);
    this.differenceRow = group("Difference", this.sign.group, this.gain.label, this.automatic, this.threshold.label, this.channel.label, this.map.label);
    this.differenceRow.className = "row";
    this.bar = element(
      "div",
      { class: "toolbar" },
      element("div", { class: "row" }, this.modes.group, ...mixes, zoomButtons(viewer), this.scale, find, space, moreButtons(viewer)),
      this.differenceRow,
    );
  }

  /** Shows the viewer's settings. */
  show() {
    const { settings, camera, selection, colouring, comparable } = this.viewer;
    const mixes = /** @type {const} */ ([["swipe", this.swipe], ["onion", this.opacity], ["blink", this.rate]]);
    for (const [mode, control] of mixes) control.label.hidden = settings.mode !== mode;
    this.modes.show(settings.mode);
    this.swipe.show(settings.swipe, `${Math.round(settings.swipe * 100)} %`);
    this.opacity.show(settings.opacity, `${Math.round(settings.opacity * 100)} %`);
    this.rate.show(settings.rate_hz, settings.rate_hz ? `${settings.rate_hz} a second` : "stopped");
    this.scale.textContent = scaleText(camera.scale);
    this.regionTool.setAttribute("aria-pressed", String(selection.tool === "region"));
    for (const each of this.worst) each.disabled = !comparable;
    this.differenceRow.hidden = !comparable || !["side", "difference"].includes(settings.mode);
    this.sign.show(settings.signed ? "signed" : "absolute");
    this.gain.show(Math.log2(colouring.gain), `×${levelsText(colouring.gain)}, full colour at ${levelsText(colouring.fullScale)} levels`);
    this.automatic.setAttribute("aria-pressed", String(settings.gain === null));
    this.threshold.show(settings.threshold, `${levelsText(settings.threshold)} levels`);
    this.showSelects();
  }

  showSelects() {
    const { settings, data, channelNames } = this.viewer;
    const channels = [[LARGEST, "largest"], ...channelNames.map((name, index) => [String(index), name])];
    const maps = (settings.signed ? data.signed_maps : data.magnitude_maps).map(({ name }) => [name, name]);
    fill(this.channel.select, channels, settings.channel === null ? LARGEST : String(settings.channel));
    fill(this.map.select, maps, chosenMap(data, settings).name);
  }
}

/** @param {string} name @param {Node[]} children */
function group(name, ...children) {
  return element("div", { class: "group", role: "group", "aria-label": name }, ...children);
}

/** @param {Viewer} viewer */
function zoomButtons(viewer) {
  return group(
    "Zoom",
    button("−", "Zoom out (−)", () => viewer.camera.zoomStep(-1)),
    button("Fit", "The whole picture (0)", () => viewer.camera.fit()),
    button("1:1", "A pixel of the picture is a pixel of the screen (1)", () => viewer.camera.zoomTo(1)),
    button("+", "Zoom in (+)", () => viewer.camera.zoomStep(1)),
  );
}

/** @param {Viewer} viewer */
function moreButtons(viewer) {
  return group(
    "More",
    button("Full screen", "Fill the screen (F)", () => viewer.toggleFullScreen()),
    button("Keys ?", "List the keys (?)", () => viewer.help.dialog.showModal()),
  );
}

/** @param {HTMLSelectElement} select @param {string[][]} choices @param {string} chosen */
function fill(select, choices, chosen) {
  const text = JSON.stringify(choices);
  if (select.dataset.choices !== text) {
    select.replaceChildren(...choices.map(([value = "", label = ""]) => element("option", { value }, label)));
    select.dataset.choices = text;
  }
  select.value = chosen;
}
