"""What an imported list says about itself."""

# Annotations are evaluated here, not deferred as in other modules: `schema` reads the keys from them at every start.

from typing import Annotated

from .annotations import Key
from .items import CatalogValue


class ImportRecord(CatalogValue, frozen=True, kw_only=True):
    """What an imported list is and where it came from."""

    title: Annotated[str, Key("Title", "title of the list")]
    url: Annotated[str | None, Key("Address", "where the list is published", shape="address")] = None
    as_of: Annotated[str | None, Key("Date", "date or cycle of the list")] = None
    file: Annotated[str, Key("File", "name of the file it was read from")]
    file_id: Annotated[str | None, Key("File id", "digest of its path: tells files of the same name apart")] = None
    rows: Annotated[int | None, Key("Rows", "rows that were read", shape="size")] = None
    programs: Annotated[int, Key("Programs", "programs that they made", shape="size")]
    brought: Annotated[str, Key("Imported", "YYYY-MM-DD")]
