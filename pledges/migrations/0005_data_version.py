from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0004_what_stands'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField()),
                ('changed_at', models.DateTimeField()),
            ],
        ),
    ]
