"""Measurements that are printed side by side, and fail when ours is no better."""
