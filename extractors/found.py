"""A value together with the strategy that found it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """What an extractor gives back: the value (None or empty where the page has none) and where it came from."""

    value: T_co
    source: str = ""
