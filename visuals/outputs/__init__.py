"""Pure renderers of visual items."""
