"""The durable queue and its workers."""
