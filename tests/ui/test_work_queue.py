from threading import Event

import pytest

from ui.work_queue import Ticket, WorkQueue

PATIENCE_S = 10


@pytest.fixture
def held_up() -> Event:
    return Event()


@pytest.fixture
def tickets(held_up: Event) -> list[Ticket[bool]]:
    """Three pieces of work for one thread, of which the first waits for `held_up`."""
    queue, begun = WorkQueue(1, "test"), Event()

    def first() -> bool:
        begun.set()
        return held_up.wait(PATIENCE_S)

    made = [queue.submit(first)]
    assert begun.wait(PATIENCE_S)
    return [*made, queue.submit(lambda: True), queue.submit(lambda: True)]


def test_everybodys_place_is_known(tickets: list[Ticket[bool]], held_up: Event) -> None:
    assert [ticket.others for ticket in tickets] == [0, 1, 2]
    assert [ticket.waiting_words for ticket in tickets] == ["", "waiting for 1 other", "waiting for 2 others"]
    held_up.set()
    assert [ticket.future.result(PATIENCE_S) for ticket in tickets] == [True, True, True]
    assert [ticket.others for ticket in tickets] == [0, 0, 0]


def test_who_leaves_the_queue_lets_the_next_move_up(tickets: list[Ticket[bool]], held_up: Event) -> None:
    tickets[1].cancel()
    assert [ticket.others for ticket in tickets] == [0, 0, 1]
    held_up.set()
    assert tickets[2].future.result(PATIENCE_S)
    assert tickets[1].future.cancelled()


def test_a_failure_is_the_callers() -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        WorkQueue(1, "test").submit(fail).future.result(PATIENCE_S)
