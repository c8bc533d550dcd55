import hypothesis.strategies as st
import pytest
from hypothesis import given

from core.errors import RecipeError
from core.operations.catalogue import operations
from core.operations.declaration import Choice, Flag, Integer, Number, Numbers, Operation, Option, Size, Value
from core.operations.target_size import Fit, TargetSize
from core.recipe import Recipe, Stage, parse_stage, parse_stages, stage

DESIGN_EXAMPLES = [
    "opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224)",
    "tensorflow.decode_jpeg(dct_method=INTEGER_FAST) | tensorflow.resize(bilinear, 224x224)",
    "tensorflow.decode_jpeg | tensorflow_v1.resize(bilinear, 224x224)",
    "pillow.open | pillow.resize(BICUBIC, shorter=256) | normalize.affine(scale=127.5, offset=-1)",
    "pillow.open | crop.center(224x224) | cast.uint8(round)",
]


sides = st.integers(1, 4096)
exact_sizes = st.builds(TargetSize.exact, sides, sides)
sided_sizes = st.builds(TargetSize.side, st.sampled_from([Fit.SHORTER, Fit.LONGER]), sides)
nonzero = st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: x != 0)


def values_of(option: Option) -> st.SearchStrategy[Value]:
    """Any value that `option` takes."""
    if isinstance(option, Choice | Integer) and option.choices:
        return st.sampled_from(option.choices)
    if isinstance(option, Integer):
        return st.integers(option.minimum, option.maximum)
    if isinstance(option, Number):
        return st.floats(option.minimum, option.maximum, exclude_min=option.above_minimum)
    if isinstance(option, Size):
        return exact_sizes if option.exact_only else st.one_of(exact_sizes, sided_sizes)
    return {Flag: st.booleans(), Numbers: st.one_of(st.tuples(nonzero), st.tuples(nonzero, nonzero, nonzero))}[
        type(option)
    ]


def stages_of(operation: Operation) -> st.SearchStrategy[Stage]:
    fields = {option.name: values_of(option) for option in operation.options}
    return st.fixed_dictionaries(fields).map(lambda options: stage(operation.name, options))


any_decode = st.sampled_from(operations("decode")).flatmap(stages_of)
any_later_stage = st.sampled_from([op for op in operations() if op.kind != "decode"]).flatmap(stages_of)
any_recipe = st.builds(lambda first, rest: Recipe((first, *rest)), any_decode, st.lists(any_later_stage, max_size=6))


@given(any_recipe)
def test_printing_and_parsing_are_inverse(recipe: Recipe) -> None:
    assert parse_stages(str(recipe)) == recipe
    assert str(parse_stages(str(recipe))) == str(recipe)


@pytest.mark.parametrize("text", DESIGN_EXAMPLES)
def test_canonical_text_comes_back_as_it_was(text: str) -> None:
    assert str(parse_stages(text)) == text


def test_defaults_are_left_out_and_spelled_out_ones_accepted() -> None:
    spelled = parse_stage("tensorflow.resize(bilinear, 224x224, antialias=false)")
    assert str(spelled) == "tensorflow.resize(bilinear, 224x224)"
    assert str(parse_stage("tensorflow.decode_jpeg(dct_method='')")) == "tensorflow.decode_jpeg"


def test_white_space_order_and_names_do_not_matter() -> None:
    text = " opencv.resize( size = 320x240 ,interpolation=INTER_AREA ) "
    assert str(parse_stage(text)) == "opencv.resize(INTER_AREA, 320x240)"
    assert str(parse_stage("opencv.resize(shorter = 256)")) == "opencv.resize(INTER_LINEAR, shorter=256)"


def test_numbers_keep_every_digit() -> None:
    text = "normalize.affine(scale=[58.395, 57.12, 57.375], offset=0.1)"
    assert parse_stage(text).options == {"scale": (58.395, 57.12, 57.375), "offset": (0.1,)}
    assert str(parse_stage(text)) == text


def test_a_recipe_is_a_value() -> None:
    first, again = (parse_stages(DESIGN_EXAMPLES[0]) for _ in range(2))
    assert first == again
    assert len({first, again}) == 1
    assert first.stages[1].replace(size=TargetSize.exact(32, 16)) == parse_stage("opencv.resize(INTER_LINEAR, 32x16)")


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("", "is not a stage", "library.operation"),
        ("opencv.imdecod", "no operation 'opencv.imdecod'", "opencv.imdecode"),
        ("opencv.imdecode(INTER_LINEAR)", "flags cannot be 'INTER_LINEAR'", "IMREAD_COLOR"),
        ("opencv.imdecode | opencv.resize(INTER_LINEAR)", "opencv.resize needs size", "WIDTHxHEIGHT"),
        ("opencv.imdecode | opencv.resize(BICUBIC, 8x8)", "'BICUBIC' does not fit", "INTER_CUBIC"),
        ("opencv.imdecode | opencv.resize(8x8, 9x9)", "opencv.resize: interpolation cannot be '9x9'", "INTER_CUBIC"),
        ("opencv.imdecode | opencv.resize(8x8, size=9x9)", "given size twice", "Keep one"),
        ("opencv.imdecode | opencv.resize(0x8)", "out of range", "1 to 32768"),
        ("opencv.imdecode(colour=true)", "no option 'colour'", "flags, any_depth"),
        ("opencv.imdecode(any_depth=1)", "any_depth cannot be '1'", "true, false"),
        ("opencv.imdecode | crop.center(shorter=8)", "size cannot be 'shorter=8'", "WIDTHxHEIGHT"),
        ("opencv.imdecode | crop.fraction(1.5)", "fraction cannot be 1.5", "above 0 up to 1"),
        ("opencv.imdecode | crop.fraction(nan)", "fraction cannot be nan", "above 0 up to 1"),
        ("opencv.imdecode | normalize.affine(scale=0)", "scale cannot be (0.0,)", "nonzero"),
        ("opencv.imdecode | normalize.affine(scale=[1, 2])", "scale cannot be", "three in brackets"),
        ("opencv.resize(8x8)", "starts with a decode", "opencv.imdecode"),
        ("opencv.imdecode | opencv.imread", "decodes once", "Remove"),
        ("opencv.imdecode | ", "is not a stage", "library.operation"),
        ("opencv.imdecode" + " | cast.float32" * 32, "has 33 stages", "32"),
        ("x" * 5000, "5000 characters", "4096"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(text: str, message: str, remedy: str) -> None:
    with pytest.raises(RecipeError) as caught:
        parse_stages(text)
    assert message in caught.value.message
    assert remedy in caught.value.remedy


@given(st.text(alphabet="opencv.imdecode|resize(),=[]x0123456789 ±", max_size=80))
def test_any_text_parses_or_is_a_recipe_error(text: str) -> None:
    try:
        recipe = parse_stages(text)
    except RecipeError:
        return
    assert parse_stages(str(recipe)) == recipe


def test_every_option_is_declared_completely() -> None:
    for operation in operations():
        assert operation.summary.endswith("."), operation.name
        assert operation.reference.startswith("https://"), operation.name
        for option in operation.options:
            assert option.help, (operation.name, option.name)
            assert option.reference.startswith("https://"), (operation.name, option.name)
            if option.default is not None:
                assert option.check(option.default) == option.default
            if option.applies_when is not None:
                name, values = option.applies_when
                assert [operation.option(name).check(value) for value in values] == list(values)
