"""Models in processes of their own: files of strangers' are opened by native code, and so are asked."""

import hashlib
from dataclasses import dataclass, field

import numpy as np

from ..models.embedded import ADDRESS, NAME
from ..models.model import Batch, Model, ModelInput, Quantisation
from .channel import Message
from .pool import Pool


@dataclass(frozen=True, eq=False)
class _File:
    """Which model it is; `data` is empty for the embedded one."""

    key: str
    name: str
    data: bytes = field(repr=False)


def open_isolated(pool: Pool, name: str, data: bytes) -> Model:
    """As `core.models.opening.open_model_file`, in a worker of `pool` that does nothing but models of people's own.

    Raises as that does, and `ProcessLostError`; so does asking the model. It is opened anew where its worker is not the
    same any more.
    """
    return _open(pool, _File(hashlib.sha256(data).hexdigest(), name, data))


def embedded_isolated(pool: Pool) -> Model:
    """As `core.models.embedded.embedded_model`, in a worker of `pool` that has TensorFlow."""
    return _open(pool, _File(ADDRESS, NAME, b""))


def _open(pool: Pool, file: _File) -> Model:
    with pool.model_worker(file.name, file.data) as worker:
        described = worker.open_model(file.key, file.name, file.data)
    return _model(described, pool, file)


def _model(described: Message, pool: Pool, file: _File) -> Model:
    def run(batch: Batch) -> Batch:
        with pool.model_worker(file.name, file.data) as worker:
            answers = worker.ask_model(file.key, file.name, batch)
            if answers is None:
                worker.open_model(file.key, file.name, file.data)
                answers = worker.ask_model(file.key, file.name, batch)
        assert answers is not None
        return answers.astype(np.float32, copy=False)

    return Model(
        name=described["name"],
        digest=described["digest"],
        input=_input(described["input"]),
        run=run,
        class_names=tuple(described["class_names"]),
        normalisation=described["normalisation"],
        trained_on=described["trained_on"],
        batch=described["batch"],
    )


def _input(described: Message) -> ModelInput:
    quantisation, value_range = described["quantisation"], described["value_range"]
    return ModelInput(
        layout=described["layout"],
        size_wh=(described["size_wh"][0], described["size_wh"][1]),
        channels=described["channels"],
        dtype=described["dtype"],
        batch=described["batch"],
        quantisation=Quantisation(**quantisation) if quantisation else None,
        value_range=(value_range[0], value_range[1]) if value_range else None,
    )
