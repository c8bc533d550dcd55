"""Searching the catalogue: the nearest recipe in another library, and the recipe that made an array.

translate(source, recipe, "opencv") -> Translation      the same result from another library, or what remains
identify(source, array) -> Identification               where an array comes from
"""

from .searching.emulation import Emulation, emulate_stage
from .searching.translate import Translation, translate

__all__ = ["Emulation", "Translation", "emulate_stage", "translate"]
