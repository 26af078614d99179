"""The pictures of the article."""

from extractors.images.find import find_images

__all__ = ["find_images"]
