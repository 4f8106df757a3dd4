"""What does a page say? Every word, date and tag that people read."""
