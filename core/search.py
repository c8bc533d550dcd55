"""Searching the catalogue: the nearest recipe in another library, and the recipes that made an array.

translate(source, recipe, "opencv") -> Translation      the same from another library, or what remains
emulate_stage(resize, size_wh)      -> Emulation        a resize in numpy, its rule written out
identify(source, array)             -> Identification   where an array of a picture comes from
"""

from .searching.candidates import Candidate
from .searching.emulation import Emulation, emulate_stage
from .searching.identify import Identification, Progress, identify
from .searching.translate import Translation, translate

__all__ = [
    "Candidate",
    "Emulation",
    "Identification",
    "Progress",
    "Translation",
    "emulate_stage",
    "identify",
    "translate",
]
