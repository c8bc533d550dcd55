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
    parts = [f"{_capital(_told(shares, 'makes', 'of the squared error'))}."]
    resize_share = next((share.share for share in shares if share.stage == "resize"), 0.0)
    if resize and resize_share > _NEGLIGIBLE:
        parts.append(f"Inside the resize {_told(resize, 'make', 'of its own')}.")
    return " ".join(parts)


def _told(shares: Sequence[Share], verb: str, of_what: str) -> str:
    """The parts that count, the largest first; what works against the difference is said so."""
    ordered = sorted(shares, key=lambda share: -share.share)
    makers = [share for share in ordered if share.share >= _NEGLIGIBLE]
    against = [share for share in ordered if share.share <= -_NEGLIGIBLE]
    first, *others = makers
    texts = [f"{first.stage} {verb} {part(first.share)} {of_what}"]
    texts += [f"{share.stage} {part(share.share)}" for share in others]
    texts += [f"{share.stage} takes {part(-share.share)} back" for share in against]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def part(share: float) -> str:
    """A share in per cent, never rounded to 100 when it is not all."""
    percent = 100 * share
    if 99.5 <= percent < 99.95 or (0 < percent < 1):
        return f"{percent:.1f} %"
    return f"{percent:.0f} %"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
