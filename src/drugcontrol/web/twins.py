"""The twins of a page, as files: rows for a spreadsheet, values for a program, the chart as a picture."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import MediaType, Response

from drugcontrol.report.flat import csv_text
from drugcontrol.report.picture import png

File = Response[str | bytes]


def csv_file(rows: Sequence[Mapping[str, str]], name: str) -> File:
    """Give flat rows as a CSV file that a browser saves as ``name.csv``."""
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(csv_text(rows), media_type="text/csv", headers=headers)


def json_file(value: Any, media_type: str = MediaType.JSON) -> File:
    """Give plain values as JSON."""
    return Response(msgspec.json.encode(value), media_type=media_type)


def svg_file(drawn: str) -> File:
    """Give a drawing as it is."""
    return Response(drawn, media_type="image/svg+xml")


def png_file(drawn: str) -> File:
    """Give an SVG drawing as a PNG picture."""
    return Response(png(drawn), media_type="image/png")
