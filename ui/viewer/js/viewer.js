/**
 * The viewer: the pictures, how they are looked at, and its parts. Pointer, keys and controls call the same actions.
 * @module
 */

import { Blinking } from "./blinking.js";
import { Camera } from "./camera.js";
import { Colouring } from "./colouring.js";
import { element } from "./dom.js";
import { PANES, describePanes, drawMarks, paintPane } from "./drawing.js";
import { clamp } from "./geometry.js";
import { Help } from "./help.js";
import { listenToKeys } from "./keyboard.js";
import { Loading } from "./loading.js";
import { Minimap } from "./minimap.js";
import { Pane } from "./pane.js";
import { Pointers } from "./pointer.js";
import { DEFAULT_SETTINGS, Reports } from "./reports.js";
import { Selection } from "./selection.js";
import { Status } from "./status.js";
import { Timings } from "./timings.js";
import { Toolbar } from "./toolbar.js";
import { WorstTour } from "./worst.js";

/** @typedef {import("./types.js").ComponentArguments} ComponentArguments */
/** @typedef {import("./types.js").Settings} Settings */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./pyramid.js").DifferencePyramid} DifferencePyramid */
/** @typedef {{a: Picture | null, b: Picture | null}} Pictures */

const HINT_MS = 1500;
const GAIN_LIMITS = /** @type {const} */ ([0.25, 255]); // at 255 a difference of one level has the full colour

export class Viewer {
  /** @param {ComponentArguments} args */
  constructor(args) {
    this.data = args.data;
    /** @type {Settings} */
    this.settings = { ...DEFAULT_SETTINGS, ...args.data.settings };
    /** @type {Pictures} */
    this.pictures = { a: null, b: null };
    /** @type {DifferencePyramid | null} */
    this.pyramid = null;
    this.shownExtent = "";
    this.describedScale = 0;
    this.held = false;
    this.needsPixels = false;
    /** @type {number | undefined} */
    this.frame = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.hinting = undefined;

    this.camera = new Camera(this);
    this.selection = new Selection(this, args.data.pixel, args.data.region);
    this.colouring = new Colouring(this.data, this.settings);
    this.blinking = new Blinking(() => this.redraw());
    this.timings = new Timings();
    this.reports = new Reports(args);
    this.loading = new Loading(this, () => this.reports.askAgain());

    this.worst = new WorstTour(this);
    this.panes = /** @type {const} */ (["a", "b", "difference"]).map((name) => new Pane(name));
    // One for all panes, since one that draws for each of three that changed size draws nine.
    this.resizing = new ResizeObserver((entries) => this.resized(entries));
    this.help = new Help();
    this.minimap = new Minimap((x, y) => this.camera.moveTo({ x, y, scale: this.camera.scale }));
    this.hint = element("div", { class: "hint", hidden: true }, "Click the pictures, or hold Ctrl, to zoom with the wheel");
    const figures = this.panes.map(({ figure }) => figure);
    const name = "Pictures. Press ? for the keys.";
    this.stage = element("div", { class: "stage", tabindex: 0, role: "group", "aria-label": name }, ...figures, this.hint);
    this.toolbar = new Toolbar(this);
    this.status = new Status(this);
    this.root = element("div", { class: "viewer" }, this.toolbar.bar, this.stage, this.status.bar, this.help.dialog);
    this.listen();
    this.update(args);
  }

  listen() {
    for (const pane of this.panes) {
      new Pointers(this, pane);
      this.resizing.observe(pane.frame);
    }
    listenToKeys(this.root, this);
    this.stage.addEventListener("pointerdown", () => this.stage.focus({ preventScroll: true }));
    this.stage.addEventListener("focusout", () => this.hold(false));
  }

  /** A new run of the page, or a new theme. @param {ComponentArguments} args */
  update(args) {
    const { settings, pixel, region } = this.reports.changesBy(args);
    this.data = args.data;
    if (settings) this.settings = { ...this.settings, ...settings };
    if (pixel !== undefined) this.selection.pixel = pixel;
    if (region !== undefined) this.selection.region = region;
    this.root.style.setProperty("--stage-height", `${this.data.height}px`);
    this.pane("difference").say(this.data.incomparable);
    this.changed();
    void this.loading.load(this.data);
  }

  // What there is

  /** @param {Pane["name"]} name */
  pane(name) {
    return /** @type {Pane} */ (this.panes.find((each) => each.name === name));
  }

  /** The first pane in sight; all in sight have one size. */
  get firstPane() {
    return this.visiblePanes[0] ?? this.pane("a");
  }

  get visiblePanes() {
    return this.panes.filter(({ visible }) => visible);
  }

  get comparable() {
    return !this.data.incomparable;
  }

  /** The size that holds both pictures. */
  get extent() {
    const { a, b } = this.data;
    return { width: Math.max(a.width, b.width), height: Math.max(a.height, b.height) };
  }

  get channelNames() {
    const { a, b } = this.pictures;
    return (a && b && b.channels > a.channels ? b : (a ?? b))?.channelNames ?? [];
  }

  get hasFocus() {
    return /** @type {ShadowRoot | Document} */ (this.root.getRootNode()).activeElement === this.stage;
  }

  /** The values of a pixel, or null outside the picture. @param {"a" | "b"} side @param {Point} point */
  values(side, [x, y]) {
    const picture = this.pictures[side];
    if (!picture || x >= picture.width || y >= picture.height) return null;
    return picture.channelNames.map((_, channel) => picture.value(x, y, channel));
  }

  // What Loading brings

  /** @param {Pictures} pictures */
  setPictures(pictures) {
    this.pictures = pictures;
    this.pyramid = null;
    this.worst.forget();
    const { width, height } = this.extent;
    if (this.shownExtent !== `${width}×${height}`) this.camera.fit();
    this.shownExtent = `${width}×${height}`;
    this.changed();
  }

  /** @param {DifferencePyramid | null} pyramid */
  setPyramid(pyramid) {
    this.pyramid = pyramid;
    this.redraw();
  }

  /** @param {boolean} isWaiting */
  wait(isWaiting) {
    this.root.dataset.state = isWaiting ? "loading" : "ready";
    this.stage.setAttribute("aria-busy", String(isWaiting));
    if (isWaiting) for (const side of /** @type {const} */ (["a", "b"])) this.pane(side).say("");
  }

  /** Everything is there, down to the pyramids. */
  finish() {
    this.root.dataset.state = "complete";
  }

  /** @param {string} text @param {Node[]} more */
  say(text, ...more) {
    this.root.dataset.state = "problem";
    this.firstPane.say(text, ...more);
  }

  // Actions on the whole

  /** @param {Partial<Settings>} changes */
  change(changes) {
    this.settings = { ...this.settings, ...changes };
    this.reports.sendSettings(this.settings);
    this.changed();
  }

  /** @param {number} gain */
  setGain(gain) {
    this.change({ gain: clamp(gain, ...GAIN_LIMITS) });
  }

  toggleAutomaticGain() {
    this.change({ gain: this.settings.gain === null ? this.colouring.gain : null });
  }

  /** Towards B or towards A, by the swipe's line or the onion skin's opacity. @param {number} direction */
  shift(direction) {
    const { mode, swipe, opacity } = this.settings;
    if (mode === "swipe") this.change({ swipe: clamp(swipe - direction * 0.05, 0, 1) });
    if (mode === "onion") this.change({ opacity: clamp(opacity + direction * 0.05, 0, 1) });
  }

  /** @param {boolean} isHeld */
  hold(isHeld) {
    if (isHeld === this.held) return;
    this.held = isHeld;
    this.redraw();
  }

  toggleFullScreen() {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void this.root.requestFullscreen();
  }

  hintAtWheel() {
    this.hint.hidden = false;
    clearTimeout(this.hinting);
    this.hinting = setTimeout(() => (this.hint.hidden = true), HINT_MS);
  }

  // Drawing

  /** The settings or the pictures are others: everything follows. */
  changed() {
    const shown = PANES[this.settings.mode];
    for (const pane of this.panes) pane.figure.hidden = !shown.includes(pane.name);
    this.stage.dataset.panes = String(shown.length);
    this.firstPane.frame.append(this.minimap.canvas);
    this.colouring = new Colouring(this.data, this.settings);
    this.blinking.set(this.settings.mode === "blink" ? this.settings.rate_hz : 0);
    this.status.showColourBar();
    this.describe();
    this.redraw();
  }

  /** Draws at once and not with the next frame: a resized canvas is empty and would flicker. @param {ResizeObserverEntry[]} entries */
  resized(entries) {
    const changed = entries.filter((entry) => this.panes.find(({ frame }) => frame === entry.target)?.fit(entry));
    if (!changed.length) return;
    if (this.camera.isFitted) this.camera.fit();
    this.needsPixels = true;
    this.draw();
  }

  redraw() {
    this.needsPixels = true;
    this.remark();
  }

  /** Draws only what lies above the pixels anew. */
  remark() {
    this.frame ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
    const start = performance.now();
    const { needsPixels } = this;
    this.needsPixels = false;
    for (const pane of this.visiblePanes) {
      if (needsPixels) paintPane(this, pane);
      drawMarks(this, pane);
    }
    if (needsPixels) this.showView();
    this.status.showValues();
    this.timings.add(performance.now() - start);
  }

  /** What is in sight, in words and on the minimap. */
  showView() {
    if (this.describedScale !== this.camera.scale) this.describe();
    const picture = this.settings.mode === "b" ? this.pictures.b : this.pictures.a;
    if (picture) this.minimap.draw(picture.levels, this.camera.placement(this.firstPane), this.firstPane.size);
  }

  describe() {
    this.describedScale = this.camera.scale;
    describePanes(this);
    this.toolbar.show();
  }

  dispose() {
    this.loading.dispose();
    this.reports.dispose();
    this.blinking.set(0);
    this.resizing.disconnect();
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.root.remove();
  }
}
