"""A message as people read it: two languages side by side, as a page to print or as plain text."""

from drugcontrol.channel.document.lines import Header
from drugcontrol.channel.document.render import as_html, as_text

__all__ = ["Header", "as_html", "as_text"]
