"""What a resize leaves of waves: sharpness up to the highest frequency that its output can hold, aliasing above it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .axis import AxisOperator

_ROWS = 64
_FREQUENCIES = 257

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class FrequencyFigures:
    """An axis in terms of waves.

    Attributes:
        nyquist: the highest frequency that both source and output can hold, in cycles per source pixel.
        at_nyquist: the amplitude that is left of it, 1 being all: sharpness.
        aliasing: the root mean square amplitude left above it, which comes back at frequencies where nothing was; None
            where nothing shrinks, so that none can be above.
    """

    nyquist: float
    at_nyquist: float
    aliasing: float | None


def frequency_response(measured: AxisOperator, frequency: Numbers) -> Numbers:
    """The amplitude left at each `frequency`, in cycles per source pixel: the root mean square over inner rows.

    A row's response is |sum of w exp(-2 pi i f x)|; rows differ by where their positions fall between source pixels.
    """
    inner = np.flatnonzero(~measured.touches_border)
    rows = inner if inner.size else np.arange(measured.size_out)
    rows = rows[:: max(1, len(rows) // _ROWS)]
    place = measured.positions[rows] - measured.first[rows, np.newaxis]
    waves = np.exp(-2j * np.pi * frequency[:, np.newaxis, np.newaxis] * place)
    responses = np.abs((waves * measured.weights[rows]).sum(axis=2))
    amplitude: Numbers = np.sqrt(np.mean(responses**2, axis=1))
    return amplitude


def frequency_figures(measured: AxisOperator) -> FrequencyFigures:
    """Sharpness and aliasing of an axis."""
    nyquist = 0.5 * min(1.0, measured.size_out / measured.size_in)
    at_nyquist = float(frequency_response(measured, np.array([nyquist]))[0])
    if nyquist == 0.5:
        return FrequencyFigures(nyquist, at_nyquist, None)
    above = frequency_response(measured, np.linspace(nyquist, 0.5, _FREQUENCIES)[1:])
    return FrequencyFigures(nyquist, at_nyquist, float(np.sqrt(np.mean(above**2))))
