"""Values to lines of styled text: plain functions that know no widget."""
