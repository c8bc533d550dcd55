"""How many of the catalogue's recipes `identify` names from the array alone, and how long it takes.

    python -m benchmarks.identify [EVERY] [FIRST]

EVERY = 10 takes each tenth recipe only. A recipe counts as named when the verdict is `identical` and the first
candidate, run anew, makes the array bit for bit. Any other `identical` is wrong, and is shown.
"""

import sys
import time

import numpy as np

from benchmarks.identify_cases import FORMS, Case, Steps, cases
from benchmarks.timing import print_machine
from core.pipeline import run
from core.samples import load_sample
from core.search import Identification, identify
from core.searching.layouts import layouts
from core.source import Source

SAMPLE = "cat"


def makes(source: Source, case: Case, found: Identification) -> bool:
    """Whether the first candidate makes the array, through a layout that the array may have."""
    if found.verdict != "identical":
        return False
    image = run(source, found.candidates[0].recipe).image
    assert image is not None
    pictures = [layout.picture(case.values) for layout in layouts(case.values.shape)]
    return any(np.array_equal(image.astype(case.values.dtype), picture) for picture in pictures)


def main() -> None:
    every, first = (
        (int(text) for text in (*sys.argv[1:], "1", "0")[:2]) if len(sys.argv) != 2 else (int(sys.argv[1]), 0)
    )
    print_machine("numpy", "opencv-python", "tensorflow", "pillow")
    source, steps = load_sample(SAMPLE), Steps()
    named, total, wrong, seconds = 0, 0, 0, []
    for case in cases(source, every, first):
        start_s = time.perf_counter()
        found = identify(source, case.values, step_cache=steps)
        seconds.append(time.perf_counter() - start_s)
        total += 1
        if makes(source, case, found):
            named += 1
        else:
            wrong += found.verdict == "identical"
            nearest = found.candidates[0] if found.candidates else None
            print(f"not named: {case.recipe} ({case.form}): {found.verdict}, {nearest and nearest.recipe}", flush=True)
        if total % 5 == 0:
            print(f"{named} of {total}, {np.mean(seconds):.1f} s each", flush=True)
    print(
        f"{named} of {total} named: {100 * named / total:.2f} %, {wrong} wrongly called identical, forms: {len(FORMS)}"
    )
    print(
        f"{np.mean(seconds):.1f} s on average, {max(seconds):.1f} s at most, with the decodes kept from array to array"
    )


if __name__ == "__main__":
    main()
