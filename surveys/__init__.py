"""What a survey is: its questions, its answers, its path and its conversation, as pure values."""
