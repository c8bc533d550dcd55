import numpy as np
import pytest
import streamlit as st

from core.image import as_image
from ui import state
from ui.panels.region import cut, marked_region

IMAGE = as_image(np.arange(4 * 6, dtype=np.uint8).reshape(4, 6, 1))


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"settings": state.first_settings().with_view(region=(1, 2, 3, 2))})


@pytest.mark.usefixtures("marked")
def test_a_region_inside_both_images_is_cut_out_of_them() -> None:
    region = marked_region(IMAGE, IMAGE)
    assert region == (1, 2, 3, 2)
    np.testing.assert_array_equal(cut(IMAGE, region)[:, :, 0], [[13, 14, 15], [19, 20, 21]])


@pytest.mark.usefixtures("marked")
def test_a_region_of_a_larger_picture_is_none_of_a_smaller() -> None:
    assert marked_region(IMAGE, cut(IMAGE, (0, 0, 4, 3))) is None


def test_no_region_is_marked_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"settings": state.first_settings()})
    assert marked_region(IMAGE, IMAGE) is None
