"""A notice is claimed before its message leaves, and may say why the mail server refused it."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0011_subscriptions"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="urgentnotice",
            options={
                "ordering": ("-claimed_at", "-id"),
                "verbose_name": "e-mail about a late change",
                "verbose_name_plural": "e-mails about late changes",
            },
        ),
        migrations.AddField(
            model_name="urgentnotice",
            name="claimed_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="taken up"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="urgentnotice",
            name="fault",
            field=models.CharField(blank=True, max_length=40, verbose_name="fault"),
        ),
        migrations.AlterField(
            model_name="urgentnotice",
            name="sent_at",
            field=models.DateTimeField(null=True, verbose_name="sent"),
        ),
    ]
