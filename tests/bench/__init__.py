"""Benchmarks, which print figures and assert nothing."""
