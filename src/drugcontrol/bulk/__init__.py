"""Long runs: tables of rows in, tables of answers out, in parts that can be resumed, here or on a cluster."""

from drugcontrol.bulk.operator import Plan, screen_table

__all__ = ["Plan", "screen_table"]
