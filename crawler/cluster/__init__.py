"""The same commands on a Dask cluster: units of work, and the shards that workers make of them.

Dask has the scheduler, the queue and the workers (https://distributed.dask.org). What is here says what a unit is, what
a worker does with one, and what becomes of its shard. Nothing of Dask is imported but by commands with `--cluster`.
"""
