"""Telephone numbers in every usual spelling, of several countries, several in one text."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.telephone import (
    e164,
    first_number,
    national,
    numbers_in,
    same_number,
    tail,
)

COUNTRIES = ("FR", "DE", "GB", "IE", "IT", "ES", "BE", "NL", "DK", "LU", "PL", "PT", "CH", "US")
FORMATS = (
    phonenumbers.PhoneNumberFormat.E164,
    phonenumbers.PhoneNumberFormat.NATIONAL,
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    phonenumbers.PhoneNumberFormat.RFC3966,
)


ONE, TWO = "+33639980001", "+33639980002"


@pytest.mark.parametrize(
    ("text", "regions", "wanted"),
    [
        ("06 39 98 00 01", ("FR", "US"), [ONE]),
        ("06 39 98 00 01", ("", "FR", "US"), [ONE]),
        ("06.39.98.00.01", ("FR",), [ONE]),
        ("+33 (0)6 39 98 00 01", (), [ONE]),
        ("00 33 6 39 98 00 01", ("FR",), [ONE]),
        ("tel:+33-6-39-98-00-01", (), [ONE]),
        ("TEL:+33639980001", ("US",), [ONE]),
        ("sip:+33639980001@pbx.example", (), [ONE]),
        ("\u202a+33\u00a06\u202f39 98 00 01\u202c", (), [ONE]),
        ("＋３３６３９９８０００１", (), [ONE]),
        ("06 39 98 00 01 / 06 39 98 00 02", ("FR",), [ONE, TWO]),
        ("0639980001, 0639980002", ("FR",), [ONE, TWO]),
        ("0639980001 0639980002", ("FR",), [ONE, TWO]),
        ("06 39 98 00 01 ou 06 39 98 00 02", ("FR",), [ONE, TWO]),
        ("06 39 98 00 01 ; 06 39 98 00 01", ("FR",), [ONE]),
        ("+33639980001 (mobile), 01 39 98 00 01 (bureau)", ("FR",), [ONE, "+33139980001"]),
        ("020 7946 0958", ("GB",), ["+442079460958"]),
        ("(202) 555-0143", ("US",), ["+12025550143"]),
        ("+1 202 555 0143", ("FR",), ["+12025550143"]),
    ],
)
def test_each_number_on_its_own(text: str, regions: tuple[str, ...], wanted: list[str]) -> None:
    assert [one.e164 for one in numbers_in(text, regions)] == wanted


def test_a_number_of_another_country_is_not_made_one_of_this() -> None:
    """An American computer dialled +1 063 998 0001 for a French debtor."""
    found = first_number("06 39 98 00 01", ("US",))
    assert found is not None
    assert (found.e164, found.dialled) == ("", "0639980001")


@pytest.mark.parametrize(
    ("text", "shown", "dialled"),
    [
        ("+1 202-555-0143 x123", "+1 202-555-0143 ext. 123", "+12025550143;ext=123"),
        ("020 7946 0958 ext. 45", "+44 20 7946 0958 ext. 45", "+442079460958;ext=45"),
        ("020 7946 0958;ext=45", "+44 20 7946 0958 ext. 45", "+442079460958;ext=45"),
        ("+33 1 23 45 67 89 poste 12", "+33 1 23 45 67 89 ext. 12", "+33123456789;ext=12"),
        ("112", "112", "112"),
        ("*21*0639980001#", "*21*0639980001#", ""),
        ("anonymous", "anonymous", ""),
        ("1" * 40, "1" * 40, ""),
    ],
)
def test_what_is_shown_and_dialled(text: str, shown: str, dialled: str) -> None:
    found = first_number(text, ("GB",))
    assert found is not None
    assert (found.shown, found.dialled) == (shown, dialled)
    again = first_number(found.dialled, ())
    assert not dialled or (again is not None and again.dialled == dialled)


def test_nothing_is_no_number() -> None:
    assert numbers_in("", ("FR",)) == numbers_in(" \u200e ", ("FR",)) == ()


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    for one in numbers_in(text, ("FR", "US")):
        assert len("".join(c for c in one.dialled.split(";")[0] if c.isdigit())) <= 15


@given(st.sampled_from(["FR", "GB", "DE", "US", "IT", "BE", "CH", "ES"]), st.data())
def test_every_spelling_of_a_real_number(region: str, data: st.DataObject) -> None:
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    assert example is not None
    form = data.draw(
        st.sampled_from(
            [
                phonenumbers.PhoneNumberFormat.E164,
                phonenumbers.PhoneNumberFormat.INTERNATIONAL,
                phonenumbers.PhoneNumberFormat.NATIONAL,
                phonenumbers.PhoneNumberFormat.RFC3966,
            ]
        )
    )
    found = first_number(phonenumbers.format_number(example, form), (region, "US"))
    assert found is not None
    wanted = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    assert found.e164 == wanted


@given(st.sampled_from(COUNTRIES), st.sampled_from(FORMATS), st.sampled_from(FORMATS))
def test_every_way_of_writing_a_number_is_the_same_number(
    country: str, one_way: int, other_way: int
) -> None:
    for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
        number = phonenumbers.example_number_for_type(country, kind)
        assert number is not None
        one, other = (phonenumbers.format_number(number, way) for way in (one_way, other_way))
        assert same_number(one, other, country)
        assert tail(one) == tail(other) != ""


@pytest.mark.parametrize(
    ("one", "other", "region", "same"),
    [
        ("+33 (0)6 39 98 00 12", "+33639980012", "", True),
        ("06.39.98.00.12", "+33639980012", "FR", True),
        ("0033 6 39 98 00 12", "+33639980012", "FR", True),
        ("06 39 98 00 12", "+32639980012", "FR", False),
        ("06 39 98 00 12", "+33639980013", "FR", False),
        ("4711", "4711", "FR", True),
        ("4711", "4712", "FR", False),
        ("", "", "FR", False),
        ("unknown", "anonymous", "FR", False),
        ("\N{ARABIC-INDIC DIGIT FOUR}711", "4711", "FR", True),
    ],
)
def test_numbers_as_people_write_them(one: str, other: str, region: str, same: bool) -> None:
    assert same_number(one, other, region) is same


def test_an_extension_is_not_the_end_of_the_number() -> None:
    assert tail("+33 1 55 12 34 56 ext. 789") == tail("01 55 12 34 56") == "123456"


def test_a_number_as_its_country_writes_it() -> None:
    assert national("+33639980012") == "06 39 98 00 12"
    assert national("4711") == "4711"
    assert e164("06 39 98 00 12", "FR") == "+33639980012"
