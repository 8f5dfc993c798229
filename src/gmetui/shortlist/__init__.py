"""The shortlist as a value: entries, custom columns, scores, timeline, versions. Pure."""
