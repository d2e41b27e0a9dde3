"""Records of artifacts in and out: tables as museums keep them, JSON, and LIDO."""
