"""The demo's own network for a WSGI server: it sets itself up first."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "demo_site.provider.settings"  # whoever starts it has the magazine's
application = get_wsgi_application()

from demo_site.provider.setting_up import set_up  # noqa: E402  # its models want Django to be there

set_up()
