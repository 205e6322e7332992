"""What an experienced colleague would say about a survey before it opens, one noun a file."""
