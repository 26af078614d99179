"""The spiders: one for every outlet, and an idle one that single fetches go through."""
