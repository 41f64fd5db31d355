"""Settings of the demo magazine. What differs between machines is read from the environment: see environment.py."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from demo_site import environment, hardening

BASE_DIR = Path(__file__).resolve().parent.parent
STATE = environment.state_folder(BASE_DIR)
CONTENT = BASE_DIR / "demo_site" / "content"
IS_PUBLIC = hardening.is_public(environment.address())
IS_REACHED = hardening.is_reached(environment.address(), environment.hosts())

SECRET_KEY = environment.secret_key(STATE / "secret_key")
DEBUG = False
ALLOWED_HOSTS = environment.hosts()
DATABASES = {"default": environment.database(STATE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": environment.cache()}
SMO_TASKS = environment.task_backend()
TASKS = {"default": {"BACKEND": environment.TASK_BACKENDS[SMO_TASKS], "QUEUES": []}}
globals().update(environment.broker())
globals().update(environment.mail())
DEFAULT_FROM_EMAIL = environment.sender()
SMO_DEMO_KEEPS_MAIL = environment.keeps_mail()
SMO_DEMO_SHOWS_MAIL = SMO_DEMO_KEEPS_MAIL and not IS_REACHED
SMO_DEMO_ADMIN_PASSWORD = environment.admin_password(is_reached=IS_REACHED)

INSTALLED_APPS = [
    "demo_site.articles",
    "smo_kit.core",
    "smo_kit.networks",
    "smo_kit.engagement",
    "smo_kit.mail",
    "smo_kit.spam",
    "smo_kit.meta",
    "smo_kit.share",
    "smo_kit.follow",
    "smo_kit.ratings",
    "smo_kit.best",
    "smo_kit.lock",
    "smo_kit.contrib.cms",
    "cms",
    "menus",
    "treebeard",
    "sekizai",
    "djangocms_text",
    "djangocms_versioning",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "django_comments",
    "django_comments_xtd",
    "smo_kit.comments",
    "smo_kit.notify",
    "smo_kit.login",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks_db",
    *environment.task_apps(),
]
MIDDLEWARE = [
    "demo_site.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "demo_site.middleware.SameBytesGZip",
    "demo_site.middleware.ConditionalPages",
    "demo_site.middleware.PagesForCaches",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "demo_site.middleware.LocaleOfAddress",
    "smo_kit.contrib.cms.middleware.LanguageOfDraft",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "smo_kit.login.middleware.ProviderFaults",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.user.CurrentUserMiddleware",
    "cms.middleware.page.CurrentPageMiddleware",
    "demo_site.middleware.EditorsToolbar",
]
ROOT_URLCONF = "demo_site.urls"
WSGI_APPLICATION = "demo_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sekizai.context_processors.sekizai",
                "cms.context_processors.cms_settings",
            ]
        },
    }
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "smo_kit.login.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "smo_kit.login.adapters.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "smo_kit.login.forms.SignupForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": environment.PROVIDER,
                "name": _("Demo network"),
                "client_id": environment.CLIENT,
                "secret": environment.secret(STATE / "client_secret"),
                "settings": {"server_url": environment.provider_address()},
            }
        ]
        if not IS_REACHED
        else [],
    }
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
X_FRAME_OPTIONS = "SAMEORIGIN"  # an editor sees previews in a frame

SITE_ID = 1
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MAX_THREAD_LEVEL = 4
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [BASE_DIR / "demo_site" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

CMS_CONFIRM_VERSION4 = True
CMS_TEMPLATES = [("pages/front.html", _("Front page")), ("pages/story.html", _("Page of its own"))]
CMS_LANGUAGES = {
    SITE_ID: [{"code": code, "name": name, "public": True, "fallbacks": []} for code, name in LANGUAGES],
    "default": {"redirect_on_fallback": False, "hide_untranslated": False},
}
CMS_PLACEHOLDER_CONF = {"masthead": {"name": _("Top")}, "content": {"name": _("Below")}}
CMS_PAGE_CACHE = False  # whole pages are kept by whoever stands in front of the site: see PagesForCaches
CMS_TOOLBAR_ANONYMOUS_ON = False
SILENCED_SYSTEM_CHECKS = ["treebeard.E001", hardening.FRAMES_OF_OUR_OWN]  # the first: what its next version changes
if IS_PUBLIC:
    globals().update(hardening.hardened(environment.address(), ALLOWED_HOSTS))

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STATICFILES_DIRS = [BASE_DIR / "demo_site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = environment.media_folder(STATE)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_tokens": {"()": "smo_kit.core.error_reports.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_tokens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},  # a 404 is no news
    },
}
DEFAULT_EXCEPTION_REPORTER = "smo_kit.core.error_reports.Reporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "smo_kit.core.error_reports.ReporterFilter"

# Everybody who tries it out has one address, and is quick: some limits are wider than elsewhere.
SMO_KIT = {
    "CORE": {
        "site_name": _("Shareworthy"),
        "base_url_without_request": environment.address(),
        "base_url": environment.address() if IS_PUBLIC else "",
        "http_allow": ()
        if IS_REACHED
        else (urlsplit(environment.provider_address()).netloc,),  # pictures of its people
        "trusted_proxies": hardening.proxies(),
        "metrics_token": environment.metrics_token(),
    },
    "LOGIN": {"starts_per_hour": 500},
    "COMMENTS": {"per_language": True, "dislikes": True, "confirm_most": (20, 60, 500)},
    "RATINGS": {"ratings_an_hour": 500, "newcomers_a_day": 100},
    "NOTIFY": {"debounce_seconds": 5, "confirm_most": (20, 60, 500)},
    "SPAM": {"address_limit": 40, "subject_limit": 200, "fast_seconds": 0},
    "META": {
        "default_description": _("A magazine on making pages that people pass on."),
        "article_type": "BlogPosting",
        "logo": "demo/apple-touch-icon.png",
        "icons": ("demo/favicon.svg", "demo/apple-touch-icon.png"),
        "feeds": ("/{language}/atom.xml",),
        "card_background": "#1d2430",
        "card_text": "#f6f1e7",
        "card_accent": "#d6452b",
    },
    "NETWORKS": {"extra": () if IS_REACHED else ("demo_site.network.DEMO",)},
    "SHARE": {"links_an_hour": 5000, **({} if IS_REACHED else {"resolver": "demo_site.network.resolver"})},
    "LOCK": {
        "files_root": environment.files_folder(),
        "networks": (*(() if IS_REACHED else (environment.PROVIDER,)), "telegram", "reddit", "bluesky"),
        "rung": "verified",
        "ways": ("share", "sign_in", "wait"),
        "wait_seconds": 10,
        "patience_seconds": 45,
    },
    "FOLLOW": {"window_hosts": ("mastodon.social",)},
}
