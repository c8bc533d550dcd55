/**
 * One picture on the screen: a canvas of exact pixels, and above it one for marks and numbers.
 * @module
 */

import { element } from "./dom.js";

/** @typedef {import("./types.js").Size} Size */
/** @typedef {import("./painting.js").Target} Target */

export class Pane {
  /** @param {"a" | "b" | "difference"} name */
  constructor(name) {
    this.name = name;
    this.pixels = element("canvas", { class: "pixels", role: "img" });
    this.marks = element("canvas", { class: "marks", "aria-hidden": "true" });
    this.title = element("span", { class: "title" });
    this.note = element("span", { class: "note" });
    this.message = element("div", { class: "message", role: "status", hidden: true });
    this.frame = element("div", { class: "frame" }, this.pixels, this.marks, this.message);
    const caption = element("figcaption", {}, this.title, this.note);
    this.figure = element("figure", { class: `pane pane-${name}` }, caption, this.frame);
    this.size = { width: 1, height: 1 };
    this.image = new ImageData(1, 1);
    /** @type {Target} */
    this.target = { words: new Uint32Array(this.image.data.buffer), width: 1, height: 1 };
    /** @type {Target} the second picture of a mode that mixes two */
    this.spare = this.target;
  }

  /** Device pixels for each CSS pixel. */
  get ratio() {
    return this.size.width / (this.frame.clientWidth || this.size.width);
  }

  /** Takes the size of its frame on the screen; true if that is another. @param {ResizeObserverEntry} entry */
  fit(entry) {
    // The box in device pixels where the browser tells it: a rounded product can be one off, and then every pixel blurs.
    const box = entry.devicePixelContentBoxSize?.[0];
    const width = box ? box.inlineSize : Math.round(entry.contentRect.width * devicePixelRatio);
    const height = box ? box.blockSize : Math.round(entry.contentRect.height * devicePixelRatio);
    if (!width || !height || (width === this.size.width && height === this.size.height)) return false;
    this.size = { width, height };
    for (const canvas of [this.pixels, this.marks]) Object.assign(canvas, this.size);
    this.image = new ImageData(width, height);
    this.target = { ...this.size, words: new Uint32Array(this.image.data.buffer) };
    this.spare = { ...this.size, words: new Uint32Array(width * height) };
    return true;
  }

  get visible() {
    return !this.figure.hidden;
  }

  /** Puts the target's words on the screen. */
  show() {
    this.pixels.getContext("2d")?.putImageData(this.image, 0, 0);
  }

  /** @param {string} title @param {string} note */
  describe(title, note) {
    this.title.textContent = title;
    this.note.textContent = note;
    this.pixels.setAttribute("aria-label", `${title}, ${note}`);
  }

  /** Words over the pixels: what is missing and what happens next. @param {string} text @param {Node[]} more */
  say(text, ...more) {
    this.message.hidden = !text;
    this.message.replaceChildren(text, ...more);
  }

  /** The device pixel of the pane under a pointer. @param {{clientX: number, clientY: number}} event */
  point(event) {
    const box = this.marks.getBoundingClientRect(); // the frame's own has its border in it
    const x = ((event.clientX - box.left) * this.size.width) / box.width;
    const y = ((event.clientY - box.top) * this.size.height) / box.height;
    return { x, y };
  }
}
