"""How much memory and how many threads the server may use; each can be set from the environment."""

import os

_MB = 1 << 20


def _megabytes(name: str, default: int) -> int:
    return int(os.environ.get(name, default)) * _MB


STEP_CACHE_BYTES = _megabytes("SAMEPIXELS_STEP_CACHE_MB", 768)
"""Images after each stage, shared by all sessions: two recipes on 24 megapixels take about 400 MB in float32."""

COMPARISON_CACHE_BYTES = _megabytes("SAMEPIXELS_COMPARISON_CACHE_MB", 512)
"""Comparisons with the images that they hold on to."""

DRAWING_CACHE_BYTES = _megabytes("SAMEPIXELS_DRAWING_CACHE_MB", 128)
"""Thumbnails."""

FIGURE_CACHE_BYTES = _megabytes("SAMEPIXELS_FIGURE_CACHE_MB", 4)
"""Figures that take long, such as the SSIM: a few thousand."""

WORST_PIXEL_CACHE_BYTES = _megabytes("SAMEPIXELS_WORST_PIXEL_CACHE_MB", 16)
"""Lists of the pixels that differ most: 160 kB each."""

SESSION_UPLOAD_BYTES = _megabytes("SAMEPIXELS_SESSION_UPLOAD_MB", 512)
"""Uploaded files that one session keeps; the oldest go first."""

WORKERS = int(os.environ.get("SAMEPIXELS_WORKERS", "4"))
"""Threads that carry out recipes: two for each comparison under way."""

JOBS = int(os.environ.get("SAMEPIXELS_JOBS", "2"))
"""Long jobs under way at once, of all sessions: atlases, searches. The others wait for their turn."""

ATLAS_CACHE_BYTES = _megabytes("SAMEPIXELS_ATLAS_CACHE_MB", 64)
"""Atlases: some 2 MB each."""

EXPLANATION_CACHE_BYTES = _megabytes("SAMEPIXELS_EXPLANATION_CACHE_MB", 256)
"""Explanations with the comparisons that they are of."""

MODEL_BYTES = _megabytes("SAMEPIXELS_MODEL_MB", 200)
"""The largest model that may be uploaded."""

MODEL_CACHE_BYTES = _megabytes("SAMEPIXELS_MODEL_CACHE_MB", 400)
"""Uploaded models that are open, counted by their files."""

IMPACT_CACHE_BYTES = _megabytes("SAMEPIXELS_IMPACT_CACHE_MB", 64)
"""Models' answers: some kB a picture."""

VIEWER_BYTES = _megabytes("SAMEPIXELS_VIEWER_MB", 512)
"""Pictures that browsers may fetch, of all sessions; most are held by the caches above as well."""
