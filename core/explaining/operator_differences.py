"""What two measured resizes differ in, the largest first."""

from typing import Any

from ..measuring.wording import Property, properties
from ..operator import Operator
from ..recipe import Stage
from ..surveying.natural import natural_picture
from .resize_shares import ARITHMETIC, ResizePair, resize_shares
from .shares import Share

Json = dict[str, Any]


def operator_differences(stage_a: Stage, stage_b: Stage, a: Operator, b: Operator) -> list[Json]:
    """Each property with what it is in both, and its share of the squared difference on a natural spectrum.

    Empty where the sizes differ or both make the same. Properties that are alike are left out.
    """
    if a.size_in_wh != b.size_in_wh or a.size_out_wh != b.size_out_wh:
        return []
    picture = natural_picture(a.size_in_wh)
    shares = resize_shares(ResizePair(stage_a, stage_b, (picture,)), (a, b))
    told = properties(a, b)
    found = [_difference(share, told) for share in shares if share.share]
    return sorted(found, key=lambda each: -abs(each["share"]))


def _difference(share: Share, told: tuple[Property, ...]) -> Json:
    name = "uint8 arithmetic" if share.stage == ARITHMETIC else share.stage
    words = [each for each in told if each.name.removesuffix(" along x").removesuffix(" along y") == name]
    differing = [each for each in words if each.differs] or words[:1]
    return {
        "property": share.stage,
        "a": "; ".join(dict.fromkeys(each.a for each in differing)),
        "b": "; ".join(dict.fromkeys(each.b for each in differing)),
        "share": share.share,
        "low": share.low,
        "high": share.high,
    }
