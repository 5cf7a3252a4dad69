"""What sentences say, a family of frames a file."""
