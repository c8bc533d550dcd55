/**
 * A picture's pixels in the browser, exactly as Python has them.
 * @module
 */

/** @typedef {import("./types.js").PictureDescription} PictureDescription */

// Where a channel is in RGBA bytes: grey and alpha pictures are kept as RGBA like every other.
const RGBA_OFFSETS = [[0], [0, 3], [0, 1, 2], [0, 1, 2, 3]];
const CHANNEL_NAMES = [["grey"], ["grey", "alpha"], ["red", "green", "blue"], ["red", "green", "blue", "alpha"]];

/**
 * `values` has `stride` numbers a pixel, of which channel c is at `offsets[c]`; `words` are the colours to show, RGBA in
 * a little-endian word. For 8-bit pictures both are one buffer.
 */
export class Picture {
  /**
   * @param {PictureDescription} description
   * @param {Uint8ClampedArray<ArrayBuffer> | Float32Array<ArrayBuffer>} values
   * @param {[number, number]} shownRange the values shown as black and as white, for floats
   */
  constructor(description, values, shownRange) {
    this.width = description.width;
    this.height = description.height;
    this.channels = description.channels;
    this.isFloat = values instanceof Float32Array;
    this.values = values;
    this.stride = this.isFloat ? description.channels : 4;
    this.offsets = this.isFloat ? [...CHANNEL_NAMES[this.channels - 1] ?? []].map((_, i) => i) : RGBA_OFFSETS[this.channels - 1] ?? [];
    this.channelNames = CHANNEL_NAMES[this.channels - 1] ?? [];
    this.words = values instanceof Float32Array ? shownWords(values, this.channels, shownRange) : new Uint32Array(values.buffer);
    /** @type {import("./pyramid.js").ColourLevel[]} the first is the picture itself */
    this.levels = [this];
  }

  /** @param {number} x @param {number} y @param {number} channel */
  value(x, y, channel) {
    return this.values[(y * this.width + x) * this.stride + (this.offsets[channel] ?? 0)] ?? NaN;
  }

  get bytes() {
    return this.values.byteLength + (this.isFloat ? this.words.byteLength : 0);
  }
}

/**
 * RGBA bytes of an 8-bit picture from its own channels.
 * @param {Uint8Array} samples @param {number} channels
 */
export function rgbaBytes(samples, channels) {
  const count = samples.length / channels;
  const bytes = new Uint8ClampedArray(count * 4);
  const isGrey = channels < 3;
  for (let i = 0, from = 0, to = 0; i < count; i++, from += channels, to += 4) {
    bytes[to] = samples[from] ?? 0;
    bytes[to + 1] = samples[isGrey ? from : from + 1] ?? 0;
    bytes[to + 2] = samples[isGrey ? from : from + 2] ?? 0;
    bytes[to + 3] = channels % 2 ? 255 : samples[from + channels - 1] ?? 255;
  }
  return bytes;
}

/**
 * @param {Float32Array} values @param {number} channels @param {[number, number]} range
 */
function shownWords(values, channels, [low, high]) {
  const count = values.length / channels;
  const bytes = new Uint8ClampedArray(count * 4);
  const factor = 255 / (high - low || 1);
  const isGrey = channels < 3;
  for (let i = 0, from = 0, to = 0; i < count; i++, from += channels, to += 4) {
    // A clamped array rounds and saturates by itself.
    bytes[to] = ((values[from] ?? 0) - low) * factor;
    bytes[to + 1] = ((values[isGrey ? from : from + 1] ?? 0) - low) * factor;
    bytes[to + 2] = ((values[isGrey ? from : from + 2] ?? 0) - low) * factor;
    bytes[to + 3] = channels % 2 ? 255 : ((values[from + channels - 1] ?? 0) - low) * factor;
  }
  return new Uint32Array(bytes.buffer);
}
