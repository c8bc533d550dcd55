"""Auditing many pictures: listing them, comparing each in a worker process, and keeping the rows.

`core.corpus` is the door to this package.
"""
