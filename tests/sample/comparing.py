"""Hold a record against an expected one, key by key."""

from collections.abc import Iterator
from typing import Any


def differences(expected: Any, actual: Any, where: str = "") -> Iterator[str]:
    """Give a line for every place where `actual` is not as expected.

    Of an object the keys that the expected one has are compared, of a list every item.
    """
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key, value in expected.items():
            yield from differences(value, actual.get(key), f"{where}.{key}" if where else key)
    elif isinstance(expected, list) and isinstance(actual, list):
        for index, value in enumerate(expected):
            if index < len(actual):
                yield from differences(value, actual[index], f"{where}[{index}]")
            else:
                yield f"{where}[{index}]: missing {value!r}"
        for index in range(len(expected), len(actual)):
            yield f"{where}[{index}]: too much {actual[index]!r}"
    elif expected != actual:
        yield f"{where}: expected {expected!r}, got {actual!r}"
