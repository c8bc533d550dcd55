/**
 * From a difference to its colour, by the rules of `core/render.py`, with the colours of `core/colormaps.py`.
 * @module
 */

/** @typedef {import("./types.js").ColourMap} ColourMap */
/** @typedef {import("./types.js").ViewerData} ViewerData */
/** @typedef {import("./types.js").Settings} Settings */

const OPAQUE = 0xff000000;
const LARGEST_BYTE_DIFFERENCE = 255;

/** The RGBA words of a colour map. @param {ColourMap} map */
export function mapWords({ colours }) {
  const bytes = Uint8Array.from(atob(colours), (character) => character.charCodeAt(0));
  const words = new Uint32Array(bytes.length / 3);
  for (let i = 0, at = 0; i < words.length; i++, at += 3) {
    words[i] = (OPAQUE | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0)) >>> 0;
  }
  return words;
}

/** The map that the settings name, or the first. @param {ViewerData} data @param {Settings} settings */
export function chosenMap(data, settings) {
  const maps = settings.signed ? data.signed_maps : data.magnitude_maps;
  const name = settings.signed ? settings.signed_map : settings.magnitude_map;
  return /** @type {ColourMap} */ (maps.find((each) => each.name === name) ?? maps[0]);
}

/**
 * Colours of differences for one choice of settings. `level` is the difference of values that is one level (1/255 of
 * white), `fullScale` the levels that have the map's last colour.
 */
export class Colouring {
  /** @param {ViewerData} data @param {Settings} settings */
  constructor(data, settings) {
    const map = chosenMap(data, settings);
    this.words = mapWords(map);
    this.zero = map.zero;
    this.steps = map.steps;
    this.signed = settings.signed;
    this.channel = settings.channel;
    this.threshold = settings.threshold;
    this.level = data.level;
    this.gain = settings.gain ?? data.automatic_gains[settings.channel === null ? 0 : settings.channel + 1] ?? data.automatic_gains[0] ?? 1;
    this.fullScale = 255 / this.gain;
    /** The colours of whole differences from -255 to 255, so that 8-bit pictures need no arithmetic. */
    this.byteTable = Uint32Array.from({ length: 2 * LARGEST_BYTE_DIFFERENCE + 1 }, (_, i) => this.word(i - LARGEST_BYTE_DIFFERENCE));
  }

  /** The colour of a difference of values. @param {number} difference */
  word(difference) {
    const levels = difference / this.level;
    if (Math.abs(levels) < this.threshold) return /** @type {number} */ (this.words[this.zero]);
    return /** @type {number} */ (this.words[this.index(this.signed ? levels : Math.abs(levels))]);
  }

  /** The map's index for so many levels. @param {number} levels */
  index(levels) {
    const steps = roundedHalfToEven((levels * this.gain * this.steps) / 255);
    return this.zero + Math.min(Math.max(steps, -this.steps), this.steps);
  }
}

/** As numpy's `rint`. @param {number} value */
function roundedHalfToEven(value) {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}
