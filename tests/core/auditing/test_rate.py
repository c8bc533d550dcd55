from core.auditing.rate import Rate


def test_the_rate_is_that_of_the_last_half_minute() -> None:
    now_s = 0.0
    rate = Rate(100, 1100, clock=lambda: now_s)
    assert (rate.tick("comparing").per_s, rate.tick("comparing").left_s) == (None, None)
    for now_s in (10.0, 20.0, 30.0, 40.0, 50.0):  # noqa: B007 - the clock reads it
        rate.add(100, {"identical": 60, "different": 40})
    tick = rate.tick("comparing")
    assert (tick.done, tick.total, tick.per_s, tick.left_s) == (600, 1100, 10.0, 50.0)
    assert tick.verdicts == {"identical": 300, "different": 200}
    now_s = 55.0
    assert rate.tick("comparing").left_s == 45.0
