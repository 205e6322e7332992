"""What the service does: session first, never commits."""
