from ui import metrics
from ui.activity import ACTIVITY


def test_all_families_or_those_asked_for() -> None:
    stats = metrics.ServerStats()
    assert tuple(stats.get_stats()) == stats.stats_families
    assert list(stats.get_stats(["active_sessions", metrics.WORK])) == [metrics.WORK]


def test_work_is_counted_by_its_kind() -> None:
    with ACTIVITY.under_way("job"):
        figures = metrics.ServerStats().get_stats([metrics.WORK])[metrics.WORK]
    assert 'samepixels_work_under_way{kind="job"} 1' in [figure.to_metric_str() for figure in figures]


def test_every_cache_has_its_bytes() -> None:
    figures = metrics.ServerStats().get_stats([metrics.CACHE_BYTES])[metrics.CACHE_BYTES]
    assert [figure.labels for figure in figures] == [{"cache": name} for name in metrics._CACHES]
    assert all(figure.value >= 0 for figure in figures)
