"""Members who came by a password and by a network."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User

ada = User.objects.create_user("ada", "ada@example.org", "stone-by-stone")
EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
bob = User.objects.create_user("bob", "bob@example.org")
EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
SocialAccount.objects.create(user=bob, provider="github", uid="1024", extra_data={"login": "bob"})
carl = User.objects.create_user("carl", "carl@example.org", "stone-by-stone")
EmailAddress.objects.create(user=carl, email=carl.email, verified=False, primary=True)
