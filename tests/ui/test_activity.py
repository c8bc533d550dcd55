import pytest

from ui.activity import Activity


def test_what_is_under_way_is_counted_to_its_end_however_it_ends() -> None:
    activity = Activity()
    with activity.under_way("page"), activity.under_way("page"), activity.under_way("job"):
        assert activity.counts() == {"page": 2, "job": 1}
        assert str(activity) == "2 of kind page, 1 of kind job"
        assert activity
    with pytest.raises(ValueError, match="ends"), activity.under_way("job"):
        raise ValueError("ends")
    assert not activity
    assert str(activity) == "nothing"
