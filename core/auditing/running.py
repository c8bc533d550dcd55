"""An audit from its list of pictures to its summary, going on from wherever an earlier run was stopped."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import CorpusError
from .addresses import entries
from .audit_folder import AuditFolder
from .chunk import Chunk, Part
from .crops import CROPS
from .engine import Engine
from .files import write_json, write_whole
from .job import Job
from .listing import Listing, write_listing
from .queries import Rows
from .rate import OnTick, Rate, Tick
from .summary import summary_document
from .totals import Totals

POLL_S = 0.5
CROPS_AT_A_TIME = 4
WORST_DRAWN = 100
"""Of each B. The report shows some in full, and all of them in its table; a picture takes 20 to 60 KB."""

StartEngine = Callable[[Job], Engine]


def run_audit(folder: AuditFolder, start_engine: StartEngine, on_tick: OnTick) -> None:
    """Does what is missing of the audit in `folder`, which `AuditFolder.open_for` has made; at its end, the summary.

    The engine is started only where there is something to do. `on_tick` is told at least twice a second.
    """
    if folder.summary_file.exists():
        return
    audit = folder.audit()
    if not folder.listing_file.exists():
        on_tick(Tick("listing the pictures", 0, 0))
        write_listing(folder.listing_file, entries(audit["addresses"]))
    listing, job = Listing(folder.listing_file), folder.job()
    if not len(listing):
        folder.listing_file.unlink()
        raise CorpusError(f"{', '.join(audit['addresses'])} names no picture.", "Name files, folders or patterns.")
    with ExitStack() as stack:
        engine: Engine | None = None

        def running() -> Engine:
            nonlocal engine
            engine = engine or stack.enter_context(start_engine(job))
            return engine

        _do_chunks(folder, listing, running, on_tick)
        _draw_crops(folder, listing, running, on_tick)
    on_tick(Tick("adding up", len(listing), len(listing)))
    _finish(folder, listing)


def _do_chunks(folder: AuditFolder, listing: Listing, running: Callable[[], Engine], on_tick: OnTick) -> None:
    # The largest first, so that no worker is left with a large one at the end.
    missing = [number for number in reversed(range(listing.chunk_count)) if not folder.has(number)]
    if not missing:
        return
    total = len(listing)
    rate = Rate(total - sum(listing.sizes[number] for number in missing), total)
    on_tick(rate.tick("starting the workers"))
    chunks = (listing.chunk(number) for number in missing)
    versions = folder.audit()["versions"]
    for part in finished_parts(running(), chunks, lambda: on_tick(rate.tick("comparing"))):
        folder.keep(part, versions)
        rate.add(listing.sizes[part.number], part.verdicts)
        on_tick(rate.tick("comparing"))


def finished_parts(engine: Engine, chunks: Iterator[Chunk], on_wait: Callable[[], None]) -> Iterator[Part]:
    """The part of each chunk as it is done; no more chunks are under way than keep the engine busy."""
    under_way = 0
    for chunk in chunks:
        engine.submit(chunk)
        under_way += 1
        while under_way >= engine.capacity:
            part = engine.next_part(POLL_S)
            under_way -= part is not None
            yield from _told(part, on_wait)
    while under_way:
        part = engine.next_part(POLL_S)
        under_way -= part is not None
        yield from _told(part, on_wait)


def _told(part: Part | None, on_wait: Callable[[], None]) -> Iterator[Part]:
    if part is None:
        on_wait()
    else:
        yield part


def _draw_crops(folder: AuditFolder, listing: Listing, running: Callable[[], Engine], on_tick: OnTick) -> None:
    """Runs the worst pictures once more, for the report to show them."""
    if folder.crops_file.exists():
        return
    with Rows(folder.parts) as rows:
        worst = sorted(set(rows.worst_indices(WORST_DRAWN)))
    chunks = (
        Chunk(
            listing.chunk_count + start,
            tuple((index, listing.entry(index)) for index in worst[start : start + CROPS_AT_A_TIME]),
            "crops",
        )
        for start in range(0, len(worst), CROPS_AT_A_TIME)
    )

    def tell() -> None:
        on_tick(Tick("drawing the worst pictures", len(listing), len(listing)))

    tell()
    parts = list(finished_parts(running(), chunks, tell)) if worst else []
    parts.sort(key=lambda part: part.number)
    tables = [pq.read_table(BytesIO(part.rows)) for part in parts]
    buffer = BytesIO()
    pq.write_table(pa.concat_tables(tables) if tables else CROPS.empty_table(), buffer)
    write_whole(folder.crops_file, buffer.getvalue())


def _finish(folder: AuditFolder, listing: Listing) -> None:
    """Adds up the parts' counts, writes the summary, and then removes the counts, which are in the sum."""
    if not folder.totals_file.exists():
        totals = Totals()
        for number in range(listing.chunk_count):
            totals.merge(Totals.from_bytes(folder.part_totals_file(number).read_bytes()))
        write_whole(folder.totals_file, totals.to_bytes())
    write_json(folder.summary_file, summary_document(folder, len(listing)))
    for number in range(listing.chunk_count):
        folder.part_totals_file(number).unlink(missing_ok=True)
