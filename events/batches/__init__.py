"""Many documents at once, in the background: asked for, claimed under a lease, made, bound, thrown away in the end.

Every paper is a row (`events.models.DocumentPart`) that goes waiting → claimed → done or failed, each step one short
compare-and-swap. No transaction is open while a paper is drawn. What a killed worker held is free again when its lease
ends; `tasks.ask_for_work` then asks for it anew.
"""
