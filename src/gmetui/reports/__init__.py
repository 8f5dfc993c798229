"""Programs, institutions, specialties, sites and services as JSON and as plain text."""
