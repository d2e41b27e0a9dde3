"""Taking in whole folders of pictures."""
