"""Names of exported files: derived from the picture's name and the recipes, and safe on every system."""

import hashlib
import re
import unicodedata

from ..compare import Comparison
from ..presets import presets
from ..recipe import Recipe

PICTURE_CHARACTERS = 40
RECIPE_CHARACTERS = 64
"""A name of a picture and two recipes stays below 200 characters, of which every file system takes 255."""

_DIGEST_CHARACTERS = 6
_ENDINGS = re.compile(r"\.[A-Za-z0-9]{2,5}$")


def slug(text: str, max_characters: int = PICTURE_CHARACTERS) -> str:
    """`text` as ASCII letters, digits and hyphens, never empty; what is too long is cut and told apart by a digest.

    So it can name no other folder, no hidden file and no option, and two long texts that begin alike stay different.
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", ascii_text).strip("-") or "picture"
    if len(words) <= max_characters:
        return words
    digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_CHARACTERS]
    return f"{words[: max_characters - _DIGEST_CHARACTERS - 1].rstrip('-')}-{digest}"


def picture_slug(name: str) -> str:
    """A picture's name without its folders and its ending."""
    base = re.split(r"[/\\]", name)[-1]
    return slug(_ENDINGS.sub("", base) or base)


def recipe_slug(recipe: Recipe) -> str:
    """A preset's name where the recipe is one, else its text."""
    named = (name for name, preset in presets().items() if preset.recipe == recipe)
    return slug(next(named, str(recipe)), RECIPE_CHARACTERS)


def export_name(comparison: Comparison) -> str:
    """What the files of a comparison are called, without an ending: the same for the same picture and recipes."""
    a, b = comparison.a, comparison.b
    return "_".join((picture_slug(a.source.name), recipe_slug(a.recipe), recipe_slug(b.recipe)))
