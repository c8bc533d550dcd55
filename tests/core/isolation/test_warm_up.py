from core.isolation.warm_up import warm_up


def test_every_preset_is_tried_on_one_pixel() -> None:
    traces = warm_up(["opencv", "pillow"])
    assert [trace.failure for trace in traces] == [None, None]
    assert [trace.source.header.size_wh for trace in traces] == [(1, 1)] * 2
