"""Tables and figures as HTML: small, aligned, in tabular numerals."""

from collections.abc import Sequence
from html import escape

from core.compare import Outcome
from core.palette import VERDICT_MARKS


def table_html(head: Sequence[str], rows: Sequence[Sequence[str]], text_columns: int = 1) -> str:
    """A table whose first `text_columns` columns are aligned left; `head` is text, cells are HTML.

    A column without a name has a cell above it that is no head: a screen reader would announce an empty one.
    """

    def cell(tag: str, column: int, html: str) -> str:
        return f"<{tag}{' class=sp-text' if column < text_columns else ''}>{html}</{tag}>"

    head_html = "".join(cell("th" if name else "td", column, escape(name)) for column, name in enumerate(head))
    body_html = "".join(f"<tr>{''.join(cell('td', *each) for each in enumerate(cells))}</tr>" for cells in rows)
    return f'<table class="sp-table"><thead><tr>{head_html}</tr></thead><tbody>{body_html}</tbody></table>'


def verdict_mark(outcome: Outcome) -> str:
    """A verdict's mark and word in its colour."""
    mark = VERDICT_MARKS[outcome.verdict].character
    return f'<span class="sp-{outcome.verdict}">{mark} {outcome.verdict}</span>'


def decibels(psnr_db: float | None) -> str:
    """A PSNR; that of identical images is infinite."""
    return "∞" if psnr_db is None else f"{psnr_db:.1f} dB"
