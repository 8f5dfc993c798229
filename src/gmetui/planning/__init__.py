"""A person's own side: the shortlist as a value. Pure: no files, no clock, no screen."""
