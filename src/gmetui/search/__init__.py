"""Search: the query language, the index, ranking, facets and results. Pure: no files, no clock, no screen."""

from .query import Query
from .results import Results
from .searching import search

__all__ = ["Query", "Results", "search"]
