"""International drug control law as dated, cited data.

Information, not legal advice; an answer of this package is no clearance.
"""

__version__ = "0.1.0"
__all__ = ["__version__"]
