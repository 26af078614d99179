"""What can go wrong before a unit is begun, and what ends a run."""


class ClusterError(Exception):
    """The message is one line for a person."""
