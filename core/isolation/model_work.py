"""A worker's part with models: opening them, and asking those that are open."""

from collections import OrderedDict
from dataclasses import asdict

from ..models.embedded import ADDRESS
from ..models.model import Model
from ..models.opening import open_model, open_model_file
from .arena import Arena, Span, place_beside
from .channel import Message

OPEN_AT_ONCE = 4


class ModelWork:
    """The models used last, by their keys."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self._open: OrderedDict[str, Model] = OrderedDict()

    def open(self, message: Message) -> Message:
        """Opens the file whose bytes are in the arena, or the embedded model; the reply says what it is."""
        model = self._opened(message)
        self._open[message["model"]] = model
        while len(self._open) > OPEN_AT_ONCE:
            self._open.popitem(last=False)
        names = ("name", "digest", "class_names", "normalisation", "trained_on", "batch")
        return {"input": asdict(model.input), **{name: getattr(model, name) for name in names}}

    def ask(self, message: Message) -> Message:
        """The answers to the batch in the arena; `is_unknown` where the model has to be opened first."""
        model = self._open.get(message["model"])
        if model is None:
            return {"is_unknown": True}
        self._open.move_to_end(message["model"])
        span = Span.of(message)
        batch = self._arena.array(span)
        batch.flags.writeable = False
        answers = model.answer(batch)
        return self._arena.put(answers, place_beside(span, answers.nbytes)).message()

    def _opened(self, message: Message) -> Model:
        if message["model"] == ADDRESS:
            return open_model(ADDRESS)
        return open_model_file(message["name"], self._arena.array(Span.of(message)).tobytes())
