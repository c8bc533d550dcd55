"""The table of an audit's pictures: chosen, in an order, a page at a time; a click on a row opens it in Compare."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.auditing.paging import Chosen, Page, page
from core.auditing.queries import Rows
from core.figures.wording import number, signed
from core.operations.declaration import Value
from core.palette import VERDICT_MARKS
from core.words import percent
from ui import controls, messages, state, view
from ui.corpus.audit import Audit, Record
from ui.corpus.opening import COMPARE, open_in_compare, opening_problem
from ui.corpus.thumbnails import Drawn, can_draw, crops_html, drawn_crops, is_drawn
from ui.messages import plain
from ui.waiting import rerun_when_tensorflow_is_ready

PAGE_ROWS = 25
ALL_GROUPS = "all"

_ORDERS = {
    "mean": "mean |B − A|",
    "max": "max |B − A|",
    "bias": "size of the bias",
    "differing": "values that differ",
    "psnr": "PSNR",
    "ssim": "SSIM",
    "quality": "JPEG quality",
    "pixels": "size of the picture",
    "seconds": "time taken",
    "name": "name",
    "list": "place in the list",
}
_HEAD = ("", "A", "B", "B − A", "picture", "", "mean", "max", "bias", "differ", "PSNR")
_SSIM = "SSIM"


def pictures_table(audit: Audit, recipe_b: int) -> None:
    """The controls, the rows of the page, and the way to other pages."""
    _controls(audit.pair(recipe_b))
    chosen, shown = _chosen(recipe_b), state.settings().view
    start = PAGE_ROWS * (int(str(shown["page"])) - 1)
    with Rows(audit.folder.parts) as rows:
        order, ascending = str(shown["order"]), bool(shown["ascending"])
        found = page(rows, chosen, order, ascending=ascending, start=start, count=PAGE_ROWS)
    if problem := opening_problem():
        messages.error(problem)
    _page_line(found)
    if found.records:
        _rows(audit, found.records)
    page_numbers(found.matching, found.start)


def _chosen(recipe_b: int) -> Chosen:
    shown = state.settings().view
    verdict, group = str(shown["verdict"]), str(shown["group"])
    by = str(shown["slice"]) if group else ""
    return Chosen(recipe_b, str(shown["find"]), "" if verdict == "any" else verdict, by, group)


def _controls(pair: Record) -> None:
    with st.container(key="corpus-filters", horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=260):
            controls.text_field("Name or error has", str(state.settings().view["find"]), "corpus.find", _find)
        _box("verdict", "Verdict", {"any": "any verdict", **{each: each for each in VERDICT_MARKS}}, 160)
        _box("slice", "Grouped by", {each: each for each in view.SLICES}, 160)
        groups = [str(each["slice"]) for each in pair["slices"].get(str(state.settings().view["slice"]), [])]
        _group_box(groups)
        _box("order", "Ordered by", _ORDERS, 190)
        _direction()


def _find(text: str) -> None:
    state.change_view({"find": text.strip(), "page": 1})


def _box(name: str, label: str, labels: dict[str, str], width: int) -> None:
    key = controls.hold(f"corpus.{name}", state.settings().view[name])
    st.selectbox(
        label,
        list(labels),
        key=key,
        format_func=lambda value: labels.get(value, value),
        width=width,
        on_change=controls.held,
        args=(key, lambda value: _change(name, value)),
    )


def _change(name: str, value: Value) -> None:
    reset: dict[str, Value] = {"group": ""} if name == "slice" else {}
    state.change_view({name: value, "page": 1, **reset})


def _group_box(groups: Sequence[str]) -> None:
    """One group of the slices; a name that is no longer among them stays, and finds nothing."""
    chosen = str(state.settings().view["group"])
    names = [ALL_GROUPS, *dict.fromkeys([*groups, *([chosen] if chosen else [])])]
    key = controls.hold("corpus.group", chosen or ALL_GROUPS)
    st.selectbox(
        "Group",
        names,
        key=key,
        width=190,
        on_change=controls.held,
        args=(key, lambda group: _change("group", "" if group == ALL_GROUPS else group)),
    )


def _direction() -> None:
    ascending = bool(state.settings().view["ascending"])
    st.button(
        "Smallest first" if ascending else "Largest first",
        icon=":material/arrow_upward:" if ascending else ":material/arrow_downward:",
        key="corpus.direction",
        on_click=_change,
        args=("ascending", not ascending),
    )


def _page_line(found: Page) -> None:
    if not found.matching:
        st.html('<p class="sp-sentence sp-muted">No picture is like that.</p>')
        return
    last = found.start + len(found.records)
    words = f"{found.start + 1:,} to {last:,} of {found.matching:,}; a click on one opens it in Compare"
    st.html(f'<p class="sp-notes">{words}</p>')


def page_numbers(count: int, start: int) -> None:
    """The numbers of the pages, where `count` rows take several; shown is the one that begins at `start`."""
    last, place = -(-count // PAGE_ROWS), start // PAGE_ROWS + 1
    if last > 1:
        key = f"corpus.page#{place}"
        st.pagination(
            last,
            default=place,
            key=key,
            on_change=controls.held,
            args=(key, lambda to: state.change_view({"page": to})),
        )


def _rows(audit: Audit, found: Sequence[Record]) -> None:
    """Every row at once, and then the pictures that still have to be drawn, one by one."""
    drawn, may_draw = drawn_crops(audit), can_draw(audit)
    if not may_draw:
        rerun_when_tensorflow_is_ready()
    with st.container(key="corpus-rows", gap=None):
        head = (*_HEAD, _SSIM) if audit.job.with_ssim else _HEAD
        st.html(f'<div class="sp-row sp-row-head">{"".join(f"<span>{escape(name)}</span>" for name in head)}</div>')
        slots = [_row(audit, row, drawn) for row in found]
    if may_draw:
        for slot, row in zip(slots, found, strict=True):
            if slot:
                slot.html(_row_html(audit, row, crops_html(audit, row, drawn, may_draw=True)))


def _row(audit: Audit, row: Record, drawn: Drawn) -> DeltaGenerator | None:
    """The row with what has been drawn before, and a button over all of it; its place, where pictures are missing."""
    is_whole = is_drawn(audit, row, drawn)
    with st.container(key=f"corpus-row-{row['index']}", gap=None):
        slot = st.empty()
        slot.html(_row_html(audit, row, crops_html(audit, row, drawn, may_draw=False)))
        label = plain(f"Open {row['picture']} in Compare")
        if st.button(label, key=f"corpus.open.{row['index']}", on_click=open_in_compare, args=(audit, row)):
            _go_to_compare()
    return None if is_whole else slot


def _go_to_compare() -> None:
    if not opening_problem():
        st.switch_page(COMPARE)


def _row_html(audit: Audit, row: Record, crops: str) -> str:
    mark = VERDICT_MARKS[row["verdict"]].character
    name = Path(row["picture"].rpartition("::")[2]).name
    named = f'<b>{escape(name)}</b><span class="sp-muted">{escape(_facts(row))}</span>'
    cells = (
        f'<span class="sp-row-name" title="{escape(row["picture"])}">{named}</span>',
        f'<span class="sp-{row["verdict"]}">{mark} {row["verdict"]}</span>',
        *(f"<span>{cell}</span>" for cell in _figures(row, with_ssim=audit.job.with_ssim)),
    )
    return f'<div class="sp-row">{crops}{"".join(cells)}</div>'


def _facts(row: Record) -> str:
    if row["error"]:
        return str(row["error"])
    quality, orientation = row["quality_estimate"], row["orientation"]
    facts = [
        f"{row['format']} {row['width']}×{row['height']}" if row["width"] else row["format"],
        row["subsampling"],
        f"q ≈ {quality}" if quality else None,
        f"orientation {orientation}" if orientation and orientation != 1 else None,
    ]
    return " · ".join(str(fact) for fact in facts if fact)


def _figures(row: Record, *, with_ssim: bool) -> tuple[str, ...]:
    ssim = ("" if row["ssim"] is None else f"{row['ssim']:.4f}",) if with_ssim else ()
    if row["mean_abs_levels"] is None:
        return ("", "", "", "", "", *ssim)
    psnr = row["psnr_db"]
    return (
        number(row["mean_abs_levels"]),
        number(row["max_abs_levels"]),
        signed(row["bias_levels"]),
        percent(row["differing_values_pct"]),
        "∞" if psnr is None else f"{psnr:.1f}",
        *ssim,
    )
