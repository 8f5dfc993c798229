"""Catalogs as they are when gmetui opens them: stored in a file, and in a home directory in place of imported lists."""

from __future__ import annotations

import os
from pathlib import Path

from gmetui import Catalog, loader
from gmetui.archive_writer import archive_sections
from gmetui.compiled.sections import encode_archive
from gmetui.datafiles.archive_file import open_archive_file
from gmetui.datafiles.snapshot_key import stamp
from gmetui.storage.atomic import write_atomic_parts
from gmetui.storage.compiled_cache import write_compiled_copy
from gmetui.storage.paths import START_FILE

_KEY = "benchmark"


def store(catalog: Catalog, file: Path) -> Catalog:
    """Write a catalog and its index into a file, and return it opened from there."""
    write_atomic_parts(file, encode_archive(_KEY, archive_sections(catalog)))
    archive = open_archive_file(file, _KEY)
    assert archive is not None
    return loader.open_catalog(archive)


def store_as_imported(catalog: Catalog, home: Path) -> Path:
    """Make a catalog what gmetui opens with `home` as its home directory, and return the compiled file.

    An empty list stands in for the imported ones: reading a million programs from TOML takes minutes, and the file that
    is compiled from them is the same.
    """
    os.environ["GMETUI_HOME"] = str(home)
    empty_list = home / "programs" / "synthetic.toml"
    empty_list.parent.mkdir(parents=True, exist_ok=True)
    empty_list.write_text("# stands in for imported lists\n", encoding="utf-8")
    sources = loader.CatalogSources((empty_list,), (), True)
    stamps = [stamp(empty_list)]
    write_compiled_copy(sources.compiled_file, loader._encode_compiled(catalog, sources.key, stamps))
    opened = sources.open_compiled(print, loader.open_catalog)
    assert opened is not None
    start_pages = loader._encode_start_pages(opened, sources.key, stamps)
    write_compiled_copy(f"{sources.compiled_directory}/{START_FILE}", start_pages)
    return Path(sources.compiled_file)
