"""Shares as sentences that a colleague could read aloud."""

from collections.abc import Sequence

from ..compare import Comparison, Incomparable, Same
from .shares import Share

_NEGLIGIBLE = 0.005


def shares_sentence(comparison: Comparison, shares: Sequence[Share], resize: Sequence[Share]) -> str:
    """Whose fault it is: "Resize makes 97 % of the squared error, decode 3 %." and what in the resize."""
    if isinstance(comparison.final, Incomparable):
        return comparison.final.reason
    if isinstance(comparison.final, Same):
        return "There is nothing to explain: A and B are identical."
    if not shares:
        return "The stages have no shares, since there are values that are not finite."
    first, *others = _told(shares)
    parts = [f"{_capital(first)} of the squared error{_and(others)}."]
    resize_share = next((share.share for share in shares if share.stage == "resize"), 0.0)
    if resize and resize_share > _NEGLIGIBLE:
        parts.append(f"Inside the resize: {', '.join(_told(resize))}.".replace(" makes ", " ").replace(" make ", " "))
    return " ".join(parts)


def _told(shares: Sequence[Share]) -> list[str]:
    """The shares that count, the largest first; what works against the difference is said so."""
    ordered = [share for share in sorted(shares, key=lambda share: -share.share) if abs(share.share) >= _NEGLIGIBLE]
    first, *others = ordered
    return [
        f"{first.stage} {'make' if ' and ' in first.stage else 'makes'} {part(first.share)}",
        *(f"{each.stage} {part(each.share)}" if each.share > 0 else _against(each) for each in others),
    ]


def _against(share: Share) -> str:
    return f"{share.stage} takes {part(-share.share)} back"


def _and(texts: Sequence[str]) -> str:
    if not texts:
        return ""
    *most, last = texts
    return f", {', '.join(most)} and {last}" if most else f", {last}"


def part(share: float) -> str:
    """A share in per cent, never rounded to 100 when it is not all."""
    percent = 100 * share
    if 99.95 <= percent < 100 - 1e-9:
        return "over 99.9 %"
    if abs(percent) < 0.05:
        return "0 %"
    return f"{percent:.1f} %" if 99.5 <= percent < 99.95 or abs(percent) < 1 else f"{percent:.0f} %"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
