"""What becomes of an answer: the page, the article and the frontier's next step in one transaction."""

from crawler.clerk.desk import Answer, Desk
from crawler.clerk.take import Clerk

__all__ = ["Answer", "Clerk", "Desk"]
