"""Many families: the whole path, bytes to bytes, on one machine or many."""
