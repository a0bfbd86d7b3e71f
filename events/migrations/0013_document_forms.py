"""What an office keeps for the head and foot of its papers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0012_claim_notices_before_they_leave"),
        ("units", "0002_change_marks"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(blank=True, max_length=30, verbose_name="kind of document")),
                ("authority", models.TextField(blank=True, verbose_name="issuing body")),
                ("has_national_title", models.BooleanField(default=False, verbose_name="national title")),
                ("has_draft_mark", models.BooleanField(default=True, verbose_name="marked as a draft")),
                ("number_symbol", models.CharField(blank=True, max_length=40, verbose_name="symbol after the number")),
                ("has_date_line", models.BooleanField(default=True, verbose_name="place and blank date")),
                ("date_place", models.CharField(blank=True, max_length=60, verbose_name="place before the date")),
                ("recipients", models.TextField(blank=True, verbose_name="recipients")),
                ("signatures", models.JSONField(blank=True, default=list, verbose_name="signatures")),
                ("appendix_number", models.CharField(blank=True, max_length=10, verbose_name="number of the appendix")),
                ("attached_to", models.CharField(blank=True, max_length=240, verbose_name="appendix to")),
                ("is_default", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="document_forms",
                        to="units.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "form of documents",
                "verbose_name_plural": "forms of documents",
                "ordering": ("unit", "kind"),
                "constraints": [models.UniqueConstraint(fields=("unit", "kind"), name="document_form_once")],
            },
        ),
    ]
