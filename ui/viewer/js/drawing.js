/**
 * What each pane shows in each mode, painted.
 * @module
 */

import { difference } from "./difference.js";
import { scaleText, levelsText } from "./format.js";
import { Overlay } from "./overlay.js";
import { combineOnion, combineSwipe, paintDifference, paintPicture } from "./painting.js";

/** @typedef {import("./viewer.js").Viewer} Viewer */
/** @typedef {import("./pane.js").Pane} Pane */
/** @typedef {import("./types.js").Mode} Mode */
/** @typedef {import("./geometry.js").Placement} Placement */

const KEPT_COLOUR = "#ffd43b"; // no map and no theme has it

/** The panes in sight, by mode; a mode that mixes A and B has the first pane. @type {Record<Mode, Pane["name"][]>} */
export const PANES = {
  side: ["a", "b", "difference"],
  swipe: ["a"],
  onion: ["a"],
  blink: ["a"],
  difference: ["difference"],
  a: ["a"],
  b: ["b"],
};

/** @param {"a" | "b"} side @param {boolean} swapped @returns {"a" | "b"} */
function turned(side, swapped) {
  return swapped === (side === "a") ? "b" : "a";
}

/** Paints the pixels of a pane. @param {Viewer} viewer @param {Pane} pane */
export function paintPane(viewer, pane) {
  const place = viewer.camera.placement(pane);
  if (pane.name === "difference") return paintDifferencePane(viewer, pane, place);
  const { mode } = viewer.settings;
  const blinked = mode === "blink" && viewer.blinking.showsB;
  const side = turned(pane.name, viewer.held !== blinked);
  paintSide(viewer, place, side, pane.target);
  if (mode === "swipe" || mode === "onion") mix(viewer, pane, place, turned(side, true), mode);
  pane.show();
}

/** @param {Viewer} viewer @param {Placement} place @param {"a" | "b"} side @param {import("./painting.js").Target} target */
function paintSide(viewer, place, side, target) {
  const picture = viewer.pictures[side];
  if (picture) paintPicture(target, place, picture.levels);
  else target.words.fill(0);
}

/** @param {Viewer} viewer @param {Pane} pane @param {Placement} place @param {"a" | "b"} other @param {"swipe" | "onion"} mode */
function mix(viewer, pane, place, other, mode) {
  paintSide(viewer, place, other, pane.spare);
  if (mode === "onion") combineOnion(pane.target, pane.spare, viewer.settings.opacity);
  else combineSwipe(pane.target, pane.spare, Math.round(viewer.settings.swipe * pane.size.width));
}

/** @param {Viewer} viewer @param {Pane} pane @param {Placement} place */
function paintDifferencePane(viewer, pane, place) {
  if (viewer.pyramid && viewer.comparable) paintDifference(pane.target, place, viewer.pyramid, viewer.colouring);
  else pane.target.words.fill(0);
  pane.show();
}

/** Draws what lies above the pixels. @param {Viewer} viewer @param {Pane} pane */
export function drawMarks(viewer, pane) {
  const overlay = new Overlay(pane, viewer.camera.placement(pane));
  const { settings, selection } = viewer;
  if (pane.name === "difference" && !viewer.comparable) return;
  drawNumbers(viewer, pane, overlay);
  if (selection.region) overlay.region(selection.region, KEPT_COLOUR);
  if (selection.pixel) overlay.pixelBox(selection.pixel, KEPT_COLOUR);
  if (selection.cursor) overlay.pixelBox(selection.cursor, "#ffffff");
  if (settings.mode === "swipe") overlay.swipeLine(Math.round(settings.swipe * pane.size.width));
}

/** @param {Viewer} viewer @param {Pane} pane @param {Overlay} overlay */
function drawNumbers(viewer, pane, overlay) {
  const { settings, pictures, pyramid } = viewer;
  if (settings.mode === "swipe" || settings.mode === "onion") return;
  if (pane.name === "difference") return pyramid && differenceNumbers(viewer, overlay);
  const blinked = settings.mode === "blink" && viewer.blinking.showsB;
  const picture = pictures[turned(pane.name, viewer.held !== blinked)];
  if (!picture) return;
  const channels = picture.channelNames.map((_, channel) => channel);
  overlay.numbers(picture, picture.channels, picture.isFloat ? 6 : 3, (x, y) => ({
    values: channels.map((channel) => picture.value(x, y, channel)),
    isDifference: false,
  }));
}

/** @param {Viewer} viewer @param {Overlay} overlay */
function differenceNumbers({ pictures: { a, b }, settings }, overlay) {
  if (!a || !b) return;
  const channels = settings.channel === null ? a.channelNames.map((_, channel) => channel) : [settings.channel];
  overlay.numbers(a, channels.length, a.isFloat || b.isFloat ? 7 : 4, (x, y) => ({
    values: channels.map((channel) => difference(a.value(x, y, channel), b.value(x, y, channel))),
    isDifference: true,
  }));
}

/** Names what each pane shows. @param {Viewer} viewer */
export function describePanes(viewer) {
  const { data, settings, colouring, camera } = viewer;
  const scale = scaleText(camera.scale);
  for (const side of /** @type {const} */ (["a", "b"])) {
    const { name, caption, width, height, dtype } = data[side];
    viewer.pane(side).describe(name, `${caption}${caption && " · "}${width}×${height} · ${dtype} · ${scale}`);
  }
  const mixed = { swipe: "left of the line, B right of it", onion: "under B", blink: "and B in turn" };
  const words = mixed[/** @type {keyof typeof mixed} */ (settings.mode)];
  if (words) viewer.pane("a").describe(`A ${words}`, `${data.a.width}×${data.a.height} and ${data.b.width}×${data.b.height} · ${scale}`);
  const kind = colouring.signed ? "B − A, signed" : "|B − A|";
  const channel = settings.channel === null ? "largest channel" : viewer.channelNames[settings.channel] ?? "";
  viewer.pane("difference").describe(kind, viewer.comparable ? `×${levelsText(colouring.gain)} · ${channel} · ${scale}` : "");
}
