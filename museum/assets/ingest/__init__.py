"""Ingest: uploads to what the server can serve, as durable jobs in limited child processes."""
