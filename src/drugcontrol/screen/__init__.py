"""The question of ``check`` for files: read a row, answer it, write it, forget it."""

from drugcontrol.screen.readers import InputFile, InputRow, open_input
from drugcontrol.screen.run import Result, Screening, Settings
from drugcontrol.screen.summary import Summary

__all__ = ["InputFile", "InputRow", "Result", "Screening", "Settings", "Summary", "open_input"]
