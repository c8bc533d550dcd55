"""A `StepCache` for one explanation: what was used last, as far as it fits into a number of bytes."""

from collections import OrderedDict

from ..pipeline import Step

MOST_BYTES = 400_000_000
"""Ten decodes of twelve megapixels."""


class StepMemory:
    """Keeps steps until `most_bytes` of images are held, and then those that were used last."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._steps: OrderedDict[tuple[str, str], Step] = OrderedDict()

    def get(self, key: tuple[str, str]) -> Step | None:
        """The step kept under `key`, if it still is."""
        step = self._steps.get(key)
        if step is not None:
            self._steps.move_to_end(key)
        return step

    def put(self, key: tuple[str, str], step: Step) -> None:
        """Keeps `step` at the expense of those that were not used for longest; one larger than all room is not kept."""
        if key in self._steps or step.image.nbytes > self._most_bytes:
            return
        self._steps[key] = step
        self._bytes += step.image.nbytes
        while self._bytes > self._most_bytes:
            _, dropped = self._steps.popitem(last=False)
            self._bytes -= dropped.image.nbytes
