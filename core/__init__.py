"""Values and rules that every room shares: pure Python, no framework, no clock, no input or output."""
