"""Short rounds of the longer proofs, which have commands of their own."""

from tests.faults import kill, power, rescue_kill, store_kill


def test_the_plug_is_pulled() -> None:
    figures = kill.run(rounds=4, seed=7)
    assert figures.bad == 0, str(figures)
    assert figures.typed > 0


def test_the_store_is_killed() -> None:
    figures = store_kill.run(kills=12)
    assert (figures.lost, figures.unsound) == (0, 0), str(figures)
    assert figures.acknowledged > 12


def test_the_power_is_cut() -> None:
    figures = power.run(cuts=60)
    assert (figures.lost, figures.corrupt) == (0, 0), str(figures)


def test_the_power_cuts_can_lose_something() -> None:
    assert power.run(cuts=20, synchronous="normal").lost > 0


def test_a_rescue_is_killed() -> None:
    figures = rescue_kill.run(rescues=3)
    assert figures.bad == 0, str(figures)
    assert figures.kills > 0
