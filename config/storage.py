"""Static files as production serves them: hashed names, compressed, imports between modules rewritten."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage that also rewrites `import` between JavaScript modules.

    Without it a page would load a module twice: once hashed, once by the plain name another module imports.
    """

    support_js_module_import_aggregation = True
