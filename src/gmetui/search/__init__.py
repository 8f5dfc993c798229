"""Search: the query language, the index, ranking, facets and results. Pure: no files, clock or screen."""

from .engine import search
from .query import Query
from .results import Results

__all__ = ["Query", "Results", "search"]
