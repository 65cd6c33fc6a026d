# A first version: the commands as they will be; more follows.
PORT ?= 8000

run:
	.venv/bin/python -m programme_portal.secret_key
	HTTPS_ONLY=off .venv/bin/python manage.py migrate
	HTTPS_ONLY=off .venv/bin/python manage.py load_programmes
	HTTPS_ONLY=off .venv/bin/python manage.py collectstatic --noinput
	HTTPS_ONLY=off .venv/bin/gunicorn --bind 127.0.0.1:$(PORT) programme_portal.wsgi

.PHONY: run
