"""Every error that the core raises on purpose.

    SamePixelsError
    ├── RecipeError           a recipe's text, an option or a preset is wrong
    ├── ToleranceError        a condition such as max_abs>1 is wrong
    ├── SourceError           the bytes are not a picture that anything here can read
    │   └── TooLargeError     a picture is beyond a limit
    ├── ImageContractError    an array is not an `Image`
    ├── ArrayError            an array from elsewhere, or its file, cannot hold a picture
    ├── LibraryMissingError   an operation's library is not installed or cannot be loaded
    ├── ModelError            a file is not a model that can be run here, or the model refuses what it is given
    ├── LabelError            the labels of a set of pictures, or their file, are wrong
    ├── CorpusError           an audit's folder is not what it should be, or no work can be done
    ├── SettingsError         a settings file or a baseline of the gate is wrong or missing
    └── StageError            a library refused a stage on this picture

    ProcessLostError          the process that did the work is lost; no SamePixelsError, see there

Each says what is wrong, with the values that disagree, in `message`, and what to do about it in `remedy`.
"""


class SpokenError(Exception):
    """An error for people: `message` is one sentence, `remedy` another or empty."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class SamePixelsError(SpokenError):
    """Base of the tree: what was asked for cannot be done, now or later."""


class RecipeError(SamePixelsError):
    """A recipe's text, an option's value or a preset is wrong."""


class ToleranceError(SamePixelsError):
    """A condition on a comparison's figures is wrong."""


class SourceError(SamePixelsError):
    """The bytes are not a picture that anything here can read."""


class TooLargeError(SourceError):
    """A picture is beyond a limit, which its file or its header tells before anything is decoded."""


class ImageContractError(SamePixelsError):
    """An array is not an `Image`: wrong dimensions, channels or dtype."""


class ArrayError(SamePixelsError):
    """An array from elsewhere, or the file it should be in, cannot hold a picture."""


class LibraryMissingError(SamePixelsError):
    """An operation's library is not installed, or its import fails on this machine."""


class ModelError(SamePixelsError):
    """A file is not a model that can be run here, or a model and a recipe contradict each other."""


class LabelError(SamePixelsError):
    """The labels of a set of pictures, or the file that holds them, are wrong."""


class CorpusError(SamePixelsError):
    """An audit's folder holds something else, is not finished or cannot be written; or no worker can be had."""


class SettingsError(SamePixelsError):
    """A settings file or a baseline of the gate is wrong or missing."""


class StageError(SamePixelsError):
    """A library refused to carry out a stage on this picture."""


class ProcessLostError(SpokenError):
    """The process that did the work ended, took too long or needed too much memory; another try may go well.

    It is no SamePixelsError: where a search goes on with the next recipe when one cannot be carried out, a lost process
    is no answer, and nothing that came of it may be kept.
    """
