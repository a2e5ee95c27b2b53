"""Screening jobs: a file that someone uploaded, screened by a process of its own, kept in files, taken up again."""
