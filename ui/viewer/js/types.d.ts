// The shapes that the modules share. Read by the type check alone; the browser never asks for this file.

/** What Python says of a picture; its pixels come from `address`. */
export interface PictureDescription {
  name: string;
  caption: string;
  address: string;
  width: number;
  height: number;
  channels: number;
  dtype: "uint8" | "float32";
}

/** A colour map: 3 bytes a colour, in base64; `zero` is no difference's index, `steps` lie between it and the full colour. */
export interface ColourMap {
  name: string;
  colours: string;
  zero: number;
  steps: number;
}

/** What the component is given at every run of the page (`ui/viewer/data.py` makes it). */
export interface ViewerData {
  modules: string;
  secret: string;
  a: PictureDescription;
  b: PictureDescription;
  incomparable: string;
  level: number;
  shown_range: [number, number];
  /** For the largest of all channels, then for each channel. */
  automatic_gains: number[];
  magnitude_maps: ColourMap[];
  signed_maps: ColourMap[];
  pixel: Point | null;
  region: Region | null;
  settings: Partial<Settings>;
  height: number;
  /** How often a dropped picture has been asked for. */
  requests: number;
}

export type Point = [x: number, y: number];
export type Region = [x: number, y: number, width: number, height: number];

export type Mode = "side" | "swipe" | "onion" | "blink" | "difference" | "a" | "b";

/** How the pictures are looked at; `gain` null stands for the automatic one, `channel` null for the largest. */
export interface Settings {
  mode: Mode;
  signed: boolean;
  gain: number | null;
  threshold: number;
  channel: number | null;
  magnitude_map: string;
  signed_map: string;
  opacity: number;
  rate_hz: number;
  swipe: number;
}

/** What Streamlit hands to a component of `st.components.v2`. */
export interface ComponentArguments {
  data: ViewerData;
  parentElement: ShadowRoot | HTMLElement;
  setStateValue: (name: string, value: unknown) => void;
  setTriggerValue: (name: string, value: unknown) => void;
}

export interface Size {
  width: number;
  height: number;
}
