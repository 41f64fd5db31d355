"""Two pages below the home page: one for everybody, one with a password."""

from home.models import HomePage
from wagtail.models import PageViewRestriction, Site

home = Site.objects.get(is_default_site=True).root_page
home.add_child(instance=HomePage(title="Green tea", slug="tea", search_description="Leaves and water."))
closed = home.add_child(instance=HomePage(title="For friends", slug="friends"))
PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.PASSWORD, password="x")
