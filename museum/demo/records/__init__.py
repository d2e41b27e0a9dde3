"""The words of the demonstration museum: halls, records, exhibitions and activities in three languages."""
