import threading

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.errors import LibraryMissingError, StageError
from core.operations.libraries import Library, load
from core.operations.notes import collected, note
from core.pipeline import Step, carry_out, run
from core.presets import parse_recipe
from core.recipe import Stage, parse_stage
from core.source import Source, read_source


def png(pixels: npt.NDArray[np.uint8]) -> Source:
    encoded = cv2.imencode(".png", pixels[:, :, ::-1])[1].tobytes()
    return read_source("pixels.png", encoded)


@pytest.fixture
def source() -> Source:
    return png(np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3))


class Kept(dict[tuple[str, str], Step]):
    """The simplest `StepCache`."""

    def put(self, key: tuple[str, str], step: Step) -> None:
        self[key] = step


def test_every_stage_gives_a_step_in_rgb(source: Source) -> None:
    trace = run(source, parse_recipe("opencv.imdecode | crop.center(2x2) | channels.swap"))
    assert [step.stage.name for step in trace.steps] == ["opencv.imdecode", "crop.center", "channels.swap"]
    np.testing.assert_array_equal(trace.steps[0].image[0, 1], [3, 4, 5])
    assert trace.image is not None
    np.testing.assert_array_equal(trace.image[0, 0], trace.steps[1].image[0, 0, ::-1])
    assert trace.failure is None
    assert trace.elapsed_s == sum(step.elapsed_s for step in trace.steps) > 0


def test_images_cannot_be_written_to(source: Source) -> None:
    trace = run(source, parse_recipe("opencv.imdecode | crop.center(2x2) | normalize.tf"))
    for step in trace.steps:
        with pytest.raises(ValueError, match="read-only"):
            step.image[0, 0, 0] = 1


def test_a_failing_stage_ends_the_trace_and_keeps_what_went_before(source: Source) -> None:
    trace = run(source, parse_recipe("opencv.imdecode | crop.center(99x99) | normalize.tf"))
    assert [step.stage.name for step in trace.steps] == ["opencv.imdecode"]
    assert trace.image is None
    assert trace.failure is not None
    assert trace.failure.stage.name == "crop.center"
    assert "6x4" in trace.failure.error.message
    assert "Resize" in trace.failure.error.remedy


def test_what_a_library_raises_becomes_a_stage_error_in_its_words(source: Source) -> None:
    truncated = read_source("cut.png", source.data[: len(source.data) // 2])
    failure = run(truncated, parse_recipe("pillow.open")).failure
    assert failure is not None
    assert isinstance(failure.error, StageError)
    assert failure.error.remedy


def test_a_changed_resize_decodes_nothing_again(source: Source) -> None:
    cache, carried_out = Kept(), list[str]()

    def on_stage(stage: Stage) -> None:
        carried_out.append(stage.name)

    first = run(source, parse_recipe("opencv.imdecode | opencv.resize(INTER_AREA, 2x2)"), cache, on_stage)
    second = run(source, parse_recipe("opencv.imdecode | opencv.resize(INTER_LINEAR, 2x2)"), cache, on_stage)
    assert carried_out == ["opencv.imdecode", "opencv.resize", "opencv.resize"]
    assert [step.reused for step in first.steps] == [False, False]
    assert [step.reused for step in second.steps] == [True, False]
    assert second.steps[0].image is first.steps[0].image


def test_two_pictures_do_not_share_steps(source: Source) -> None:
    cache = Kept()
    other = png(np.zeros((4, 6, 3), np.uint8))
    recipe = parse_recipe("opencv.imdecode")
    images = [run(each, recipe, cache).image for each in (source, other)]
    assert images[0] is not None
    assert images[1] is not None
    assert (images[0] != images[1]).any()


def test_levels_follow_the_normalisations(source: Source) -> None:
    trace = run(source, parse_recipe("opencv.imdecode | normalize.affine(scale=2) | normalize.affine(scale=5) "))
    assert [step.level for step in trace.steps] == [1, 0.5, 0.1]


def test_remarks_belong_to_their_stage(source: Source) -> None:
    trace = run(source, parse_recipe("opencv.imdecode | normalize.affine(scale=0.1) | cast.uint8(truncate)"))
    assert trace.warnings == ("cast.uint8: 46 of 72 values lay outside 0 to 255 and wrapped around.",)


def test_remarks_of_threads_do_not_mix() -> None:
    seen = dict[str, list[str]]()
    barrier = threading.Barrier(2)

    def work(name: str) -> None:
        with collected() as notes:
            barrier.wait()
            note(name)
            barrier.wait()
        seen[name] = notes

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {"a": ["a"], "b": ["b"]}


def test_a_remark_outside_a_stage_goes_nowhere() -> None:
    note("nobody listens")
    with collected() as notes:
        pass
    assert notes == []


def test_a_missing_library_names_the_line_that_installs_it() -> None:
    with pytest.raises(LibraryMissingError) as caught:
        load(Library("Nothing", "no_such_module_anywhere", ("no-such-distribution",)))
    assert caught.value.remedy == "Install it with: pip install no-such-distribution"


def test_a_stage_alone_can_be_carried_out() -> None:
    image = np.full((1, 1, 3), 255, np.uint8)
    assert carry_out(parse_stage("normalize.tf"), image).image.tolist() == [[[1, 1, 1]]]
