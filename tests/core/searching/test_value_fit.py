import numpy as np
import pytest

from core.searching.value_fit import (
    CLIPPED_LEVELS,
    as_rows,
    fit_values,
    is_quantised,
    storage_noise_levels,
)

LEVELS = as_rows(np.random.default_rng(0).integers(0, 256, (30, 40, 3)))


def test_scale_and_offset_of_each_channel() -> None:
    scale, offset = np.array([[0.5], [2], [-1]]), np.array([[1], [-3], [255.0]])
    fit = fit_values(scale * LEVELS + offset, LEVELS)
    np.testing.assert_allclose(fit.scale, scale[:, 0])
    np.testing.assert_allclose(fit.offset, offset[:, 0])
    assert fit.residual_levels == pytest.approx(0, abs=1e-9)


def test_residuals_are_levels_whatever_the_scale() -> None:
    off = np.where(np.arange(LEVELS.shape[1]) % 2, 1.0, -1.0)
    for scale in (1.0, 1 / 255, 100.0):
        assert fit_values(scale * (LEVELS + off), LEVELS).residual_levels == pytest.approx(1, abs=0.01)


def test_few_values_that_wrapped_do_not_spoil_the_line() -> None:
    wrapped = LEVELS.copy()
    wrapped[:, :12] += 256  # 1 % of 1200
    fit = fit_values(wrapped, LEVELS)
    np.testing.assert_allclose(fit.scale, 1)
    np.testing.assert_allclose(fit.offset, 0, atol=1e-9)
    assert fit.residual_levels == pytest.approx(0.01 * CLIPPED_LEVELS)


def test_a_flat_channel_has_no_scale_and_fits_a_flat_one_alone() -> None:
    flat = np.full_like(LEVELS, 7)
    assert np.isnan(fit_values(flat, flat).scale).all()
    assert fit_values(flat, flat).residual_levels == 0
    assert fit_values(LEVELS, flat).residual_levels == CLIPPED_LEVELS
    assert fit_values(flat, LEVELS).residual_levels == CLIPPED_LEVELS


def test_what_a_dtype_cannot_hold() -> None:
    fit = fit_values(LEVELS / 255, LEVELS)
    assert storage_noise_levels(np.uint8, fit, 1.0) == 0
    # float16 has steps of 2^-10 from 1 to 2.
    assert storage_noise_levels(np.float16, fit, 1.0) == pytest.approx(2**-10 / 2 * 255)


def test_quantised_means_no_more_values_than_uint8_has() -> None:
    generator = np.random.default_rng(0)
    levels = generator.integers(0, 256, (100, 100, 3)).astype(np.uint8)
    assert is_quantised(levels)
    assert is_quantised((levels / np.float32(127.5) - 1).astype(np.float16))
    assert not is_quantised(generator.uniform(0, 255, (100, 100, 3)).astype(np.float32))
