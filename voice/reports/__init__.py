"""What a meeting reads: plain values in, documents out."""
