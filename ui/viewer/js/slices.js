/**
 * Long loops that let the page breathe.
 * @module
 */

const SLICE_MS = 10;
const ROWS_PER_CHECK = 16;

/**
 * Calls `work` for every row, and gives way to input and drawing each few milliseconds.
 * @param {number} rows @param {(row: number) => void} work @param {AbortSignal} signal
 */
export async function forEachRow(rows, work, signal) {
  let start = performance.now();
  for (let row = 0; row < rows; row++) {
    work(row);
    if (row % ROWS_PER_CHECK || performance.now() - start < SLICE_MS) continue;
    await pause();
    signal.throwIfAborted();
    start = performance.now();
  }
}

/** A message comes back without the 4 ms that a browser adds to nested timers. @returns {Promise<void>} */
function pause() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
