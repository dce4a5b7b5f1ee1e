"""Numbers that may mean two things are said or refused with the way out: thousands, and codes for 'no answer'."""

from __future__ import annotations

import pytest

from ccgsim.foundation.problems import Problems
from tests.survey.small import read, ties_of

NAMES = "ABCDEFG"


def listed(*values):
    """A list of ties A to B, B to C, ... with these frequencies."""
    rows = (f'{NAMES[place]},{NAMES[place + 1]},"{value}"' for place, value in enumerate(values))
    return "from,to,frequency\n" + "\n".join(rows) + "\n"


def frequencies(found):
    return list(ties_of(found).values())


def told(network):
    return " ".join(network.warnings)


def test_a_comma_before_three_digits_is_refused_with_both_ways_out(tmp_path):
    with pytest.raises(Problems) as refused:
        read(tmp_path, "t.csv", listed("1,234", "12"))
    rule = "may be 1234 or 1,234: --decimal point takes the first, --decimal comma the second"
    assert rule in str(refused.value)
    assert frequencies(read(tmp_path, "t.csv", listed("1,234", "12"), decimal="point")) == [1234.0, 12.0]
    assert frequencies(read(tmp_path, "t.csv", listed("1,234", "12"), decimal="comma")) == [1.234, 12.0]


def test_a_comma_that_is_a_decimal_sign_elsewhere_is_one_here(tmp_path):
    assert frequencies(read(tmp_path, "t.csv", listed("1,234", "2,5"))) == [1.234, 2.5]


def test_a_point_before_three_digits_is_said_and_beside_decimal_commas_refused(tmp_path):
    assert "1.234 and the like are taken with a decimal point" in told(read(tmp_path, "t.csv", listed("1.234", "2")))
    assert "decimal" not in told(read(tmp_path, "t.csv", listed("1.234", "0.5")))
    with pytest.raises(Problems, match="may be 1234 or"):
        read(tmp_path, "t.csv", listed("1.234", "2,5"))


def test_with_a_decimal_point_a_comma_elsewhere_is_a_fault(tmp_path):
    with pytest.raises(Problems, match="is no frequency"):
        read(tmp_path, "t.csv", listed("2,5"), decimal="point")
    assert frequencies(read(tmp_path, "t.csv", listed("1,234,567.5"), decimal="point")) == [1234567.5]


def test_another_decimal_sign_is_refused(tmp_path):
    with pytest.raises(Problems, match="--decimal = 'semicolon': is neither point nor comma"):
        read(tmp_path, "t.csv", listed("1"), decimal="semicolon")


@pytest.mark.parametrize("code", ["99", "999", "88", "98"])
def test_a_code_far_above_all_others_is_refused_with_both_ways_out(tmp_path, code):
    text = listed("3", code, "2", "4")
    with pytest.raises(Problems, match=f"up to 4: does it mean 'no answer'. Then --no-answer {code}; if"):
        read(tmp_path, "t.csv", text)
    found = read(tmp_path, "t.csv", text, no_answer=code)
    assert frequencies(found) == [3.0, 2.0, 4.0]
    assert len(found.open_seeker) == 1
    assert frequencies(read(tmp_path, "t.csv", text, no_answer="none")) == [3.0, float(code), 2.0, 4.0]


def test_all_codes_are_named_at_once(tmp_path):
    with pytest.raises(Problems, match="--no-answer 77,88"):
        read(tmp_path, "t.csv", listed("1", "88", "5", "77"))


def test_large_numbers_among_others_of_their_size_are_frequencies(tmp_path):
    assert frequencies(read(tmp_path, "t.csv", listed("60", "99", "12", "4"))) == [60.0, 99.0, 12.0, 4.0]


def test_a_nine_above_a_short_scale_is_said(tmp_path):
    found = read(tmp_path, "t.csv", listed("3", "9", "1"))
    assert frequencies(found) == [3.0, 9.0, 1.0]
    assert "if it means 'no answer': --no-answer 9" in told(found)


def test_a_number_below_zero_names_the_way_out(tmp_path):
    with pytest.raises(Problems, match="--no-answer -9 if it means that no answer came"):
        read(tmp_path, "t.csv", listed("3", "-9"))
    assert frequencies(read(tmp_path, "t.csv", listed("3", "-9"), no_answer="-9")) == [3.0]


def test_own_words_may_mean_no_answer_too(tmp_path):
    found = read(tmp_path, "t.csv", listed("3", "void", "98"), no_answer="void,98")
    assert frequencies(found) == [3.0]
    assert len(found.open_seeker) == 2


def test_a_row_of_codes_did_not_answer(tmp_path):
    text = ",A,B,C\nA,0,1,2\nB,99,99,99\nC,1,0,0\n"
    found = read(tmp_path, "t.csv", text, no_answer="99")
    assert found.people.answered.tolist() == [True, False, True]
    wide = "Your name,Ask? [A],Ask? [B],Ask? [C]\nA,,1,2\nB,99,,99\nC,1,0,\n"
    assert read(tmp_path, "w.csv", wide, no_answer="99").people.answered.tolist() == [True, False, True]
    dl = "dl n=3 format=fullmatrix\nlabels:\nA,B,C\ndata:\n0 1 2\n99 99 99\n1 0 0\n"
    assert read(tmp_path, "d.dl", dl, no_answer="99").people.answered.tolist() == [True, False, True]


def test_a_code_before_a_word_for_no_answer_is_unknown(tmp_path):
    found = read(tmp_path, "t.csv", listed("3 = weekly", "9 = don't know", "1 = yearly"))
    assert len(found.open_seeker) == 1


def test_a_range_or_a_date_is_named(tmp_path):
    with pytest.raises(Problems, match="is a range or a date"):
        read(tmp_path, "t.csv", listed("2-Jan"))


def test_the_id_of_a_person_may_be_a_code(tmp_path):
    found = read(tmp_path, "t.csv", "from,to,frequency\n1,99,2\n99,1,3\n", no_answer="99")
    assert found.people.ids == ("1", "99")


def test_numbers_may_have_a_worth_of_their_own(tmp_path):
    (tmp_path / "words.csv").write_text("word,frequency\n1,3\n5,0\n99,1\n", "utf-8")
    found = read(tmp_path, "t.csv", listed("1", "5", "99"), words=tmp_path / "words.csv")
    assert frequencies(found) == [3.0, 1.0]
    assert "5 = 0, 99 = 1, 1 = 3" in told(found)


def test_a_code_among_words_is_refused_too(tmp_path):
    with pytest.raises(Problems, match="go up to 3: does it mean 'no answer'"):
        read(tmp_path, "t.csv", listed("weekly", "99", "daily"))


@pytest.mark.parametrize(
    ("values", "asked", "notes"),
    [
        (("3", "98", "2"), "99", "--no-answer names 99, which no answer in the file holds; there 98 may mean it"),
        (("3", "9", "99"), "99,zz", "--no-answer names zz, which no answer in the file holds; there 9 may mean it"),
        (("3", "2"), "99,Void", "--no-answer names 99, Void, which no answer in the file holds"),
    ],
)
def test_a_mark_that_does_not_occur_is_said_with_those_that_may_be_meant(tmp_path, values, asked, notes):
    assert notes in read(tmp_path, "t.csv", listed(*values), no_answer=asked).warnings


def test_marks_that_occur_are_not_said_in_whatever_form_or_relation_they_stand(tmp_path):
    texts = {
        "list.csv": listed("3", "99.0", "VOID"),
        "wide.csv": "Your name,Ask? [A],Ask? [B],Ask? [C]\nA,,1,2\nB,99,,void\nC,1,0,\n",
        "matrix.csv": ",A,B,C\nA,0,1,2\nB,99,0,VOID\nC,1,0,0\n",
        "other.csv": "from,to,relation,frequency\nA,B,advice,1\nB,A,meets,99\nA,C,meets,void\n",
        "square.dl": "dl n=3 format=fullmatrix\nlabels:\nA,B,C\ndata:\n0 1 2\n99 99 99\n1 0 0\n",
    }
    for name, text in texts.items():
        asked = "99" if name == "square.dl" else "99,void,NA,none"
        assert "--no-answer names" not in told(read(tmp_path, name, text, no_answer=asked)), name
