from itertools import product

import pytest

from tests.growth import assert_linear


def test_work_that_grows_with_its_input_passes() -> None:
    assert_linear(range, sum, 20_000)


def test_work_that_grows_with_the_square_of_its_input_fails() -> None:
    with pytest.raises(AssertionError, match="8 times the input"):
        assert_linear(range, lambda numbers: sum(1 for _ in product(numbers, repeat=2)), 250)
