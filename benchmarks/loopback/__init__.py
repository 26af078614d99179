"""Fifty outlets on loopback that serve real-shaped pages: what the throughput of a crawl is measured on."""
