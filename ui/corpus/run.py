"""Running an audit behind the page: its progress, a stop, and going on from what is finished."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from threading import Lock

import streamlit as st

from core.auditing.audit_folder import AuditFolder
from core.auditing.chunk_work import versions
from core.auditing.entries import Entry
from core.auditing.listing import Listing, write_listing
from core.auditing.local_engine import LocalEngine, few_workers
from core.auditing.rate import Tick
from core.auditing.running import run_audit
from core.auditing.wording import line
from core.errors import CorpusError
from core.progress import Progress, Stopped
from ui import jobs
from ui.corpus.plan import Plan
from ui.corpus.session_folder import is_gone

JOB = "corpus"
_ASKED = "corpus.asked"
_TOLD_EVERY = 500
_WAIT_S = 0.5


def ask_for(plan: Plan) -> None:
    """The audit is wished for; it begins with the page that is drawn next."""
    jobs.forget(JOB)
    st.session_state[_ASKED] = plan.out


def ask_anew(plan: Plan) -> None:
    """The audit is wished for from its beginning: pictures may have come and gone since."""
    if _lock(plan.out).acquire(blocking=False):
        try:
            shutil.rmtree(plan.out, ignore_errors=True)
        finally:
            _lock(plan.out).release()
    ask_for(plan)


def is_asked_for(plan: Plan) -> bool:
    """Whether this session has wished for the audit."""
    return bool(st.session_state.get(_ASKED) == plan.out)


def follow(plan: Plan) -> None:
    """Draws how far the audit is, and begins it if it is not under way."""
    jobs.follow(JOB, plan.out, lambda tell: _run(plan, tell), again="Resume")


def done_of(plan: Plan) -> tuple[int, int] | None:
    """How many pictures of how many are done of an audit that was stopped; None where it has not begun."""
    folder = AuditFolder(plan.out)
    if not folder.listing_file.exists():
        return None
    listing = Listing(folder.listing_file)
    return sum(size for number, size in enumerate(listing.sizes) if folder.has(number)), len(listing)


def _run(plan: Plan, tell: Progress) -> None:
    """Does what is missing of the audit. Only one session at a time works in a folder; the others see it finished."""

    def say(share: float | None, text: str) -> None:
        if plan.home and is_gone(plan.home):
            raise Stopped
        tell(share, text)

    def on_tick(tick: Tick) -> None:
        say(min(tick.done / tick.total, 1.0) if tick.total else None, line(tick))

    try:
        with _alone(plan.out, say):
            folder = AuditFolder(plan.out)
            folder.open_for(plan.job, list(plan.pictures.addresses), versions(plan.job), plan.command)
            if not folder.listing_file.exists():
                write_listing(folder.listing_file, _told(plan.pictures.entries(), say))
            run_audit(folder, partial(LocalEngine, workers=few_workers()), on_tick)
    except OSError as error:
        message = f"The audit cannot be kept in {plan.out.name}: {error.strerror}."
        raise CorpusError(message, "Name another folder.") from error
    finally:
        if plan.home and is_gone(plan.home):
            shutil.rmtree(plan.home, ignore_errors=True)


def _told(entries: Iterable[Entry], say: Progress) -> Iterator[Entry]:
    """`entries`, with a word now and then on how many there are."""
    for count, entry in enumerate(entries):
        if count % _TOLD_EVERY == 0:
            say(None, f"listing the pictures, {count:,} so far")
        yield entry


@contextmanager
def _alone(out: Path, say: Progress) -> Iterator[None]:
    lock = _lock(out)
    while not lock.acquire(timeout=_WAIT_S):
        say(None, "another session is at the same audit")
    try:
        yield
    finally:
        lock.release()


@cache
def _lock(_out: Path) -> Lock:
    """One lock for each folder, of all sessions."""
    return Lock()
