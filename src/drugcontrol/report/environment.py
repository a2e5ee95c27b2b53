"""The templates of reports: escaped everywhere, and no name undefined."""

from jinja2 import Environment, PackageLoader, StrictUndefined


def environment() -> Environment:
    """Give the templates, to which the caller may add what they use."""
    return Environment(
        loader=PackageLoader("drugcontrol.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
