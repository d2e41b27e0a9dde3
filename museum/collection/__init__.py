"""Artifacts, exhibitions, activities, periods and dates, search, records in and out."""
