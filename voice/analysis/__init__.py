"""Reading what people said: pure, text in, values out."""
