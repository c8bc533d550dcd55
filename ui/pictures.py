"""Which picture a session looks at: a sample, or one of its own."""

from dataclasses import replace
from functools import cache

from core.samples import Sample, load_sample, samples
from core.source import Source
from ui import state, uploads
from ui.ownership import OWNERSHIP
from ui.sessions import session_id
from ui.state import UPLOAD_PREFIX


def titles() -> dict[str, str]:
    """What can be chosen, under the names of `Settings.picture`: samples, then the session's own, newest first."""
    own = reversed(list(uploads.uploads().sources.values()))
    return {sample.key: sample.title for sample in samples()} | {UPLOAD_PREFIX + each.sha256: each.name for each in own}


def current_key() -> str:
    """What is chosen; the first sample where the session does not have what its settings name."""
    known = titles()
    picture = state.settings().picture
    return picture if picture in known else next(iter(known))


def current_source() -> Source:
    """The picture that is chosen. Every page asks for it first, which tells whose pictures are still wanted."""
    key, own = current_key(), uploads.uploads().sources
    OWNERSHIP.hold(session_id(), own.keys() - _sample_digests() if own else ())
    return own.get(key.removeprefix(UPLOAD_PREFIX)) or sample_source(key)


@cache
def _sample_digests() -> frozenset[str]:
    """The sha256 of every sample: who uploads one must not take what was made of it along when leaving."""
    return frozenset(sample_source(sample.key).sha256 for sample in samples())


def current_sample() -> Sample | None:
    """The sample that is chosen, or None for an uploaded picture."""
    return next((sample for sample in samples() if sample.key == current_key()), None)


@cache
def sample_source(key: str) -> Source:
    """A sample's file, read once for all sessions."""
    return load_sample(key)


def choose(key: object) -> None:
    """Makes `key` the picture of the session."""
    own = uploads.uploads().sources.get(str(key).removeprefix(UPLOAD_PREFIX))
    state.change(lambda settings: replace(settings, picture=str(key), name=own.name if own else ""))


def missing_picture() -> str | None:
    """A message about a picture that the session's settings name and the session does not have."""
    settings = state.settings()
    if not settings.picture or settings.picture in titles():
        return None
    if sha256 := settings.upload_sha256:
        name = settings.name or "a picture"
        return (
            f"This link is about {name}, an uploaded file with the sha256 {sha256[:12]}…, which is not on the server. "
            "Upload it to see its comparison; until then a sample stands in."
        )
    return f"There is no sample {settings.picture!r}; the first one stands in."
