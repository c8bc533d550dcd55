"""Every operation of a kind against every other, here and now: resizes at one size, decoders on one picture.

Those that do the same are put into classes. Nothing is taken from documentation: resizes are compared by their measured
weights and by what they make of a picture, decoders by their pixels.
"""

from .surveying.decoders import decode_atlas
from .surveying.naming import short_name
from .surveying.resizes import MAX_SIDE_PX, ResizeAtlas, resize_atlas, resize_stages
from .surveying.survey import Atlas, Distances, Refused, installed_versions
from .surveying.wording import class_names, others, summary

__all__ = [
    "MAX_SIDE_PX",
    "Atlas",
    "Distances",
    "Refused",
    "ResizeAtlas",
    "class_names",
    "decode_atlas",
    "installed_versions",
    "others",
    "resize_atlas",
    "resize_stages",
    "short_name",
    "summary",
]
