/**
 * Getting pictures from the server, and keeping the last few.
 * @module
 */

import { Picture, rgbaBytes } from "./picture.js";

/** @typedef {import("./types.js").PictureDescription} PictureDescription */

// Two steps back without asking the server again; beyond that memory is worth more than a second of waiting.
const KEPT_BYTES = 128 * 2 ** 20;
const STRIP_ROWS = 256;

/** The server no longer has the picture: it was dropped to make room, or its session ended. */
export class PictureDropped extends Error {}

/** Pictures by address: those in use, and beside them the latest others within `KEPT_BYTES`. */
export class PictureCache {
  constructor() {
    /** @type {Map<string, Promise<Picture>>} */
    this.pictures = new Map();
    /** @type {Map<string, number>} */
    this.sizes = new Map();
  }

  /**
   * @param {PictureDescription} description @param {string} secret @param {[number, number]} shownRange
   * @returns {Promise<Picture>}
   */
  get(description, secret, shownRange) {
    const key = description.dtype === "float32" ? `${description.address} ${shownRange}` : description.address;
    const kept = this.pictures.get(key);
    this.pictures.delete(key);
    const picture = kept ?? fetchPicture(description, secret, shownRange);
    this.pictures.set(key, picture);
    if (!kept) {
      picture.then(
        ({ bytes }) => this.sizes.set(key, bytes),
        () => this.pictures.delete(key),
      );
    }
    return picture;
  }

  /** Forgets the oldest pictures but the `inUse` latest until the rest fit. @param {number} inUse */
  trim(inUse) {
    const others = [...this.pictures.keys()].slice(0, -inUse);
    let total = others.reduce((sum, key) => sum + (this.sizes.get(key) ?? 0), 0);
    for (const key of others) {
      if (total <= KEPT_BYTES) return;
      total -= this.sizes.get(key) ?? 0;
      this.pictures.delete(key);
      this.sizes.delete(key);
    }
  }
}

/** @param {PictureDescription} description @param {string} secret @param {[number, number]} shownRange */
async function fetchPicture(description, secret, shownRange) {
  const response = await fetch(description.address, { headers: { "X-Viewer-Secret": secret }, cache: "no-store" });
  if (response.status === 404) throw new PictureDropped(description.address);
  if (!response.ok) throw new Error(`The server answered ${response.status} ${response.statusText}.`);
  return new Picture(description, await decoded(response, description), shownRange);
}

/** @param {Response} response @param {PictureDescription} description */
async function decoded(response, description) {
  if (response.headers.get("Content-Type") === "image/png") return decodedPng(await response.blob());
  const buffer = await response.arrayBuffer();
  return description.dtype === "float32"
    ? new Float32Array(buffer)
    : rgbaBytes(new Uint8Array(buffer), description.channels);
}

/**
 * The RGBA bytes of an opaque 8-bit PNG. Without the two options the browser would convert colours to the screen's
 * profile; alpha would lose bits by premultiplication, so such pictures come raw. In strips: a canvas of 24 megapixels
 * and its copy would take 200 MB more.
 * @param {Blob} blob
 */
async function decodedPng(blob) {
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
  const { width, height } = bitmap;
  const bytes = new Uint8ClampedArray(width * height * 4);
  const strip = new OffscreenCanvas(width, Math.min(STRIP_ROWS, height));
  const context = strip.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("The browser gave no canvas.");
  for (let top = 0; top < height; top += STRIP_ROWS) {
    context.drawImage(bitmap, 0, -top);
    const rows = Math.min(STRIP_ROWS, height - top);
    bytes.set(context.getImageData(0, 0, width, rows).data, top * width * 4);
  }
  bitmap.close();
  return bytes;
}
