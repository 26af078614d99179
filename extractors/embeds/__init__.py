"""Posts, players, maps, documents and charts of other services in the article."""

from extractors.embeds.find import find_embeds

__all__ = ["find_embeds"]
