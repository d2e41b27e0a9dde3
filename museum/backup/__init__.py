"""Backups of a whole museum, and museums made of them again.

A backup holds no database file but the rows, so that what was kept in SQLite may go on in PostgreSQL and the other way round:

    museum-backup.json      what this is, and the SHA-256 of every part of it; written last: without it nothing here is a backup
    tables-{moment}/        rows.jsonl of each table, a JSON array a line after a line with the names of the columns
    files-{moment}.tsv      digest and length of every file of the store that a row mentions
    files/ab/cd/{sha256}    those files

A folder is brought up to date by the next backup into it: files that are there already stay, and the new `museum-backup.json` takes the
place of the old one when all else lies on the disk, so that there is a whole backup in the folder at any time. A tar archive is
written beside its name and renamed at the end.
"""
