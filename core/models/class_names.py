"""The names of a model's classes from a text file, a name a line."""

from ..errors import ModelError


def read_class_names(name: str, data: bytes) -> tuple[str, ...]:
    """The lines of the file called `name` that are not empty. Raises `ModelError` where it is no text."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ModelError(
            f"The class names {name} cannot be read: {error}.", "Give a text file in UTF-8, a name a line."
        ) from error
    return tuple(line.strip() for line in text.splitlines() if line.strip())
