"""Each factor's share of the difference between two recipes on one picture.

Let h(S) be the picture when the factors S are B's and all others A's. The worth of S is <h(S) - A, B - A>: how far towards
B the exchange has gone, as part of the squared error <B - A, B - A>. Of the worths that are 0 for no factor and the whole
for all this is the one that treats A and B alike: it is the mean of |h(S) - A|^2 and |B - A|^2 - |h(S) - B|^2. Hence
exchanging A and B leaves the shares as they are. A share may be negative (the factor works against the difference) or
above 1.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ..errors import SamePixelsError
from ..image import Image, as_image
from ..pipeline import carry_out
from ..recipe import Recipe, Stage
from ..source import Source
from .factors import Factor, factors, without_orientation
from .shapley import Value, shapley_values

_TURN = {
    1: lambda image: image,
    2: lambda image: image[:, ::-1],
    3: lambda image: image[::-1, ::-1],
    4: lambda image: image[::-1],
    5: lambda image: image.transpose(1, 0, 2),
    6: lambda image: image.transpose(1, 0, 2)[:, ::-1],
    7: lambda image: image[::-1, ::-1].transpose(1, 0, 2),
    8: lambda image: image.transpose(1, 0, 2)[::-1],
}
"""How a stored picture is turned for its EXIF orientation (CIPA DC-008, tag 0x0112)."""
