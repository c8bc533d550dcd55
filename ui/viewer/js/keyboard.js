/**
 * The keys, in one table: what the help lists is what is done.
 * @module
 */

/** @typedef {import("./viewer.js").Viewer} Viewer */
/** @typedef {{keys: string[], shown: string, does: string, run: (viewer: Viewer, event: KeyboardEvent) => void}} Binding */

const PAN_STEP = 64; // CSS pixels
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @type {Binding[]} */
export const BINDINGS = [
  { keys: Object.keys(ARROWS), shown: "← ↑ → ↓", does: "Pan; with Shift, move the cursor by a pixel", run: arrow },
  { keys: ["+", "="], shown: "+", does: "Zoom in", run: (viewer) => viewer.camera.zoomStep(1) },
  { keys: ["-", "_"], shown: "−", does: "Zoom out", run: (viewer) => viewer.camera.zoomStep(-1) },
  { keys: ["0"], shown: "0", does: "Fit the whole picture", run: (viewer) => viewer.camera.fit() },
  { keys: ["1"], shown: "1", does: "1:1, a pixel of the picture is a pixel of the screen", run: (viewer) => viewer.camera.zoomTo(1) },
  { keys: ["a"], shown: "A", does: "A only", run: (viewer) => viewer.change({ mode: "a" }) },
  { keys: ["b"], shown: "B", does: "B only", run: (viewer) => viewer.change({ mode: "b" }) },
  { keys: ["d"], shown: "D", does: "Difference only", run: (viewer) => viewer.change({ mode: "difference" }) },
  { keys: ["s"], shown: "S", does: "Side by side", run: (viewer) => viewer.change({ mode: "side" }) },
  { keys: ["w"], shown: "W", does: "Swipe; [ and ] move the line", run: (viewer) => viewer.change({ mode: "swipe" }) },
  { keys: ["o"], shown: "O", does: "Onion skin; [ and ] change the opacity", run: (viewer) => viewer.change({ mode: "onion" }) },
  { keys: ["k"], shown: "K", does: "Blink", run: (viewer) => viewer.change({ mode: "blink" }) },
  { keys: [" "], shown: "Space", does: "While held: B in A’s place, and A in B’s", run: (viewer) => viewer.hold(true) },
  { keys: ["["], shown: "[", does: "More of A", run: (viewer) => viewer.shift(-1) },
  { keys: ["]"], shown: "]", does: "More of B", run: (viewer) => viewer.shift(1) },
  { keys: ["g"], shown: "G", does: "Double the gain; with Shift, halve it", run: (viewer, event) => viewer.setGain(viewer.colouring.gain * (event.shiftKey ? 0.5 : 2)) },
  { keys: ["Enter"], shown: "Enter", does: "Keep the pixel under the cursor; with the region tool, mark a corner", run: (viewer) => viewer.selection.enter() },
  { keys: ["r"], shown: "R", does: "Region tool on or off; a drag with Shift marks a region too", run: (viewer) => viewer.selection.toggleTool() },
  { keys: ["Escape"], shown: "Esc", does: "Remove the region, close this list", run: (viewer) => viewer.selection.escape() },
  { keys: ["m"], shown: "M", does: "Go to the worst pixel", run: (viewer) => viewer.worst.goToWorst() },
  { keys: ["n"], shown: "N", does: "Go to the next worst region", run: (viewer) => viewer.worst.goToNext() },
  { keys: ["f"], shown: "F", does: "Fill the screen", run: (viewer) => viewer.toggleFullScreen() },
  { keys: ["?"], shown: "?", does: "This list", run: (viewer) => viewer.help.dialog.showModal() },
];

/** @param {Viewer} viewer @param {KeyboardEvent} event */
function arrow(viewer, event) {
  const [x, y] = ARROWS[event.key] ?? [0, 0];
  const step = PAN_STEP * devicePixelRatio;
  if (event.shiftKey) viewer.selection.moveCursor(x, y);
  else viewer.camera.panBy(-x * step, -y * step);
}

/** @param {HTMLElement} root @param {Viewer} viewer */
export function listenToKeys(root, viewer) {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || viewer.help.dialog.open || takesKeysItself(event)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const binding = BINDINGS.find(({ keys }) => keys.includes(key));
    if (!binding) return;
    event.preventDefault();
    event.stopPropagation(); // Streamlit has keys of its own on the document, "r" among them.
    binding.run(viewer, event);
  });
  root.addEventListener("keyup", (event) => {
    if (event.key === " ") viewer.hold(false);
  });
}

/** A slider wants its arrows, a button its space. @param {KeyboardEvent} event */
function takesKeysItself(event) {
  const target = event.composedPath()[0];
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLButtonElement && (event.key === " " || event.key === "Enter");
}
