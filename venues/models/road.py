"""The road graph: towns and the kilometres between them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoadNode(models.Model):
    """A town or gate where roads meet."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))

    class Meta:
        verbose_name = _("road node")
        verbose_name_plural = _("road nodes")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class RoadEdge(models.Model):
    """A stretch of road between two nodes, driven both ways."""

    start = models.ForeignKey(RoadNode, verbose_name=_("from"), on_delete=models.CASCADE, related_name="edges_out")
    end = models.ForeignKey(RoadNode, verbose_name=_("to"), on_delete=models.CASCADE, related_name="edges_in")
    road = models.CharField(_("road"), max_length=60)
    km = models.FloatField(_("length (km)"))
    confidence = models.CharField(_("confidence"), max_length=10)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("road")
        verbose_name_plural = _("roads")
        ordering = ("start", "end")
        constraints = (
            models.UniqueConstraint(fields=("start", "end"), name="road_edge_once"),
            models.CheckConstraint(condition=models.Q(km__gt=0), name="road_edge_has_length"),
        )

    def __str__(self) -> str:
        return f"{self.start} – {self.end} ({self.road})"
