"""Who signs in at this computer: told apart, found again, and nothing of debtors in the file."""

import re
from pathlib import Path

from agent_app.config.account import Account, SignInMethod
from agent_app.config.people import FILE, People, Person
from agent_app.domain.person import Identity

BASE = Account(SignInMethod.BROWSER, "https://server.example", "desk")
ADA, BEN = Identity("0815", "Ada"), Identity("4711", "Ben")


def test_each_has_files_of_their_own_and_is_known_again(tmp_path: Path) -> None:
    people = People(tmp_path)
    ada = people.sign_in(BASE, Person(), ADA)
    ben = people.sign_in(BASE, people.newcomer(BASE, BEN), BEN)
    assert ada.name == BASE.name != ben.name
    assert ben.base == BASE
    assert [one.name for one in people.of(BASE)] == ["Ben", "Ada"]
    again = People(tmp_path)
    assert again.resume(BASE) == ben
    assert again.is_of(ada, ADA)
    assert not again.is_of(ada, BEN)
    assert not again.is_of(ada, Identity())
    known = again.known(BASE, ADA)
    assert known is not None
    assert again.sign_in(BASE, known, ADA) == ada


def test_another_server_or_client_has_other_people(tmp_path: Path) -> None:
    people = People(tmp_path)
    people.sign_in(BASE, Person(), ADA)
    for other in ("https://other.example", "https://server.example:8443"):
        elsewhere = Account(SignInMethod.BROWSER, other, "desk")
        assert people.of(elsewhere) == []
        assert people.known(elsewhere, ADA) is None
        assert people.resume(elsewhere) == elsewhere


def test_who_was_here_gets_the_same_files_though_the_list_is_lost(tmp_path: Path) -> None:
    people = People(tmp_path)
    first = people.newcomer(BASE, BEN)
    by_name = people.newcomer(BASE, Identity(), "Cleo  Vane")
    (tmp_path / FILE).write_text("{ torn")
    lost = People(tmp_path)
    assert lost.of(BASE) == []
    assert lost.newcomer(BASE, BEN).id == first.id
    assert lost.newcomer(BASE, Identity(), " cleo vane").id == by_name.id
    assert first.id != by_name.id


def test_what_waits_is_told_of_others_alone(tmp_path: Path) -> None:
    people = People(tmp_path)
    ada = people.sign_in(BASE, Person(), ADA)
    people.note(ada, waiting=2, drafts=1)
    assert people.waiting(ada) == []
    ben = people.sign_in(BASE, people.newcomer(BASE, BEN), BEN)
    assert [(one.name, one.waiting, one.drafts) for one in people.waiting(ben)] == [("Ada", 2, 1)]
    people.sign_out(ben)
    assert people.is_signed_out(ben)
    assert not people.is_signed_out(ada)
    people.forget(ben)
    assert not people.is_signed_out(ben)
    assert "0815" not in (tmp_path / FILE).read_text()


def test_other_ways_to_sign_in_have_no_people(tmp_path: Path) -> None:
    kiosk = Account(SignInMethod.ENVIRONMENT, "https://server.example", "desk", "s")
    people = People(tmp_path)
    people.note(kiosk, waiting=1, drafts=0)
    people.sign_out(kiosk)
    assert not people.is_signed_out(kiosk)
    assert people.resume(kiosk) == kiosk
    assert not (tmp_path / FILE).exists()


def test_a_value_of_another_kind_is_nobody_and_what_is_unknown_is_left_out(tmp_path: Path) -> None:
    people = People(tmp_path)
    ada = people.sign_in(BASE, Person(), ADA)
    said = (tmp_path / FILE).read_text()
    (tmp_path / FILE).write_text(said.replace('"waiting": 0', '"waiting": 3, "colour": "red"'))
    assert [(one.name, one.waiting) for one in People(tmp_path).of(BASE)] == [("Ada", 3)]
    assert People(tmp_path).resume(BASE) == ada
    for odd in ('"waiting": "3"', '"waiting": true', '"seen": 7', '"name": null'):
        key = odd.partition(":")[0]
        torn = re.sub(rf'{key}: ("[^"]*"|[\w.]+)', odd, said)
        assert torn != said
        (tmp_path / FILE).write_text(torn)
        assert People(tmp_path).of(BASE) == []
    for odd in ("[]", '{"people": []}', '{"people": {"x": 1}}', "7"):
        (tmp_path / FILE).write_text(odd)
        assert People(tmp_path).of(BASE) == []
