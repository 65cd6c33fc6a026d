"""Words as they are compared."""

from hypothesis import given
from hypothesis import strategies as st

from pledges.folding import fold


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_leaves_no_upper_case_and_no_doubled_blank(text):
    assert fold(text) == " ".join(fold(text).casefold().split())
