from core.explaining.shares import Share
from core.figures.plot import Plot, Rows
from core.figures.shares import shares_plot

SHARES = (Share("decode", 0.25, 0.2, 0.3), Share("crop", -0.05, -0.05, -0.05), Share("resize", 0.8, 0.8, 0.8))


def rows(plot: Plot) -> Rows:
    (found,) = plot.panels[0].layers_of(Rows)
    assert isinstance(found, Rows)
    return found


def test_each_share_begins_where_the_one_before_it_ends() -> None:
    found = rows(shares_plot(SHARES, "shares", "", ""))
    assert found.starts == (0, 25, 20, 0)
    assert found.values == (25, -5, 80, 100)


def test_the_last_row_is_the_whole() -> None:
    plot = shares_plot(SHARES, "shares", "", "")
    assert plot.panels[0].y.categories == ("decode", "crop", "resize", "all")
    assert rows(plot).texts[-1] == "100 %"


def test_the_range_over_the_orders_is_written_where_there_is_one() -> None:
    assert rows(shares_plot(SHARES, "shares", "", "")).texts[:3] == ("25 % (20 % to 30 %)", "−5 %", "80 %")


def test_a_share_that_works_against_the_difference_has_another_colour() -> None:
    assert rows(shares_plot(SHARES, "shares", "", "")).colours == ("accent", "muted", "accent", "neutral")


def test_nothing_beyond_the_whole_is_marked() -> None:
    axis = shares_plot(SHARES, "shares", "", "").panels[0].x
    assert axis.ticks == (0, 25, 50, 75, 100)
    assert axis.limits[1] > 100
