import pytest

from core.errors import RecipeError
from core.operations.target_size import ROUND_SIDE, TargetSize


@pytest.mark.parametrize(
    ("text", "size_wh", "rounding", "expected"),
    [
        ("224x100", (640, 427), "half_up", (224, 100)),
        ("shorter=256", (640, 427), "truncate", (383, 256)),  # 383.7
        ("shorter=256", (640, 427), "half_up", (384, 256)),
        ("shorter=256", (427, 640), "half_up", (256, 384)),
        ("longer=640", (1280, 853), "half_up", (640, 427)),  # 426.5
        ("longer=640", (1280, 853), "half_even", (640, 426)),
        ("longer=640", (1280, 853), "truncate", (640, 426)),
        ("longer=10", (5, 5), "half_up", (10, 10)),
        ("longer=10", (10_000, 1), "half_up", (10, 1)),  # never 0
    ],
)
def test_resolve(text: str, size_wh: tuple[int, int], rounding: str, expected: tuple[int, int]) -> None:
    size = TargetSize.parse(text)
    assert str(size) == text
    assert size.resolve(size_wh, rounding) == expected


@pytest.mark.parametrize("rounding", ROUND_SIDE)
@pytest.mark.parametrize("text", ["12x7", "shorter=33", "longer=33"])
def test_generated_code_resolves_alike(text: str, rounding: str) -> None:
    np = pytest.importorskip("numpy")
    size = TargetSize.parse(text)
    imports, lines = size.code(rounding)
    for size_wh in [(50, 31), (31, 50), (7, 7), (66, 1), (100, 50), (3, 2)]:
        names: dict[str, object] = {"image": np.zeros((size_wh[1], size_wh[0], 3))}
        exec("\n".join([*imports, *lines]), names)  # noqa: S102 - the code is what is tested
        assert (names["width"], names["height"]) == size.resolve(size_wh, rounding)


@pytest.mark.parametrize("text", ["", "224", "224X224", "-1x5", "0x5", "shorter=0", "999999x2", "wider=3", "1x2x3"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(RecipeError):
        TargetSize.parse(text)
