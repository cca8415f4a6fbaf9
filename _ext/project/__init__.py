"""What serves this project only, and is not part of the package."""
