import gc

import numpy as np
import pytest

from core.image import Image, as_image
from ui import pixel_store
from ui.pixel_store import PixelStore, digest

PICTURE_BYTES = 4 * 5 * 3


def picture(value: int) -> Image:
    return as_image(np.full((4, 5, 3), value, np.uint8))


@pytest.fixture
def connected() -> set[str]:
    return {"one", "two"}


@pytest.fixture
def store(connected: set[str]) -> PixelStore:
    return PixelStore(3 * PICTURE_BYTES, connected.__contains__)


def test_a_session_finds_what_was_added_for_it(store: PixelStore) -> None:
    image = picture(1)
    address = store.add("one", image)
    assert store.find(address, store.secret("one")) is image


def test_equal_pixels_keep_their_address(store: PixelStore) -> None:
    assert store.add("one", picture(1)) == store.add("one", picture(1))
    assert store.used_bytes == PICTURE_BYTES


def test_sessions_share_no_address(store: PixelStore) -> None:
    image = picture(1)
    assert store.add("one", image) != store.add("two", image)


@pytest.mark.parametrize("secret", ["", "wrong", "schlüssel"])
def test_a_wrong_secret_finds_nothing(store: PixelStore, secret: str) -> None:
    assert store.find(store.add("one", picture(1)), secret) is None


def test_another_sessions_secret_finds_nothing(store: PixelStore) -> None:
    assert store.find(store.add("one", picture(1)), store.secret("two")) is None


def test_a_wrong_address_finds_nothing(store: PixelStore) -> None:
    assert store.find("nothing", store.secret("one")) is None


def test_addresses_and_secrets_have_256_random_bits(store: PixelStore) -> None:
    assert len(store.add("one", picture(1))) == len(store.secret("one")) == 43  # 32 bytes in base64


def test_a_session_that_is_gone_finds_nothing(store: PixelStore, connected: set[str]) -> None:
    address, secret = store.add("one", picture(1)), store.secret("one")
    connected.remove("one")
    assert store.find(address, secret) is None


def test_pictures_of_sessions_that_are_gone_are_dropped(store: PixelStore, connected: set[str]) -> None:
    store.secret("one")
    store.add("one", picture(1))
    connected.remove("one")
    store.add("two", picture(2))
    assert store.used_bytes == PICTURE_BYTES


def test_closing_a_session_drops_its_pictures_alone(store: PixelStore) -> None:
    store.add("one", picture(1))
    kept = store.add("two", picture(1))
    store.close("one")
    assert store.used_bytes == PICTURE_BYTES
    assert store.find(kept, store.secret("two")) is not None


def test_the_least_recently_used_picture_makes_room(store: PixelStore) -> None:
    first, second, third = (store.add("one", picture(value)) for value in (1, 2, 3))
    assert store.add("one", picture(1)) == first  # used again, so the second is the oldest
    fourth = store.add("one", picture(4))
    found = [store.find(address, store.secret("one")) is not None for address in (first, second, third, fourth)]
    assert found == [True, False, True, True]


def test_a_dropped_picture_comes_back_at_another_address(store: PixelStore) -> None:
    address = store.add("one", picture(1))
    store.close("one")
    assert store.add("one", picture(1)) != address


def test_a_picture_larger_than_the_store_is_not_kept(store: PixelStore) -> None:
    address = store.add("one", as_image(np.zeros((40, 5, 3), np.uint8)))
    assert store.used_bytes == 0
    assert store.find(address, store.secret("one")) is None


def test_a_digest_tells_shape_and_dtype_apart() -> None:
    wide, tall = as_image(np.zeros((2, 8, 1), np.uint8)), as_image(np.zeros((8, 2, 1), np.uint8))
    floats = as_image(np.zeros((2, 2, 1), np.float32))
    assert len({digest(wide), digest(tall), digest(floats)}) == 3


def test_a_digest_is_forgotten_with_its_array() -> None:
    gc.collect()
    before = len(pixel_store._DIGESTS)
    image = picture(7)
    digest(image)
    assert len(pixel_store._DIGESTS) == before + 1
    del image
    gc.collect()
    assert len(pixel_store._DIGESTS) == before
