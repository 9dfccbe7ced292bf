"""When two written numbers ring the same telephone."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.telephone import e164, national, same_number, tail

COUNTRIES = ("FR", "DE", "GB", "IE", "IT", "ES", "BE", "NL", "DK", "LU", "PL", "PT", "CH", "US")
FORMATS = (
    phonenumbers.PhoneNumberFormat.E164,
    phonenumbers.PhoneNumberFormat.NATIONAL,
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    phonenumbers.PhoneNumberFormat.RFC3966,
)


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
