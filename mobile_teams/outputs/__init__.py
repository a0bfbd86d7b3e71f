"""Pure renderers of tours: frozen values in, paper out."""
