"""How a page of documentation becomes steps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.sites.site import DOCS, Site
from tests.walkthrough import Change, Commands, Text, steps

PAGE = """# A page

## One

At the end of `site/settings.py`:

```python
A = 1
```

## Two

In `templates/base.html`:

```diff
 <head>
-  <title>Old</title>
+  <title>New</title>
+  <link>
```

```console
$ python manage.py check
```
"""


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "page.md"
    file.write_text(PAGE, encoding="utf-8")
    return file


@pytest.fixture
def site(tmp_path):
    (tmp_path / "site" / "templates").mkdir(parents=True)
    return Site(tmp_path, tmp_path)


def test_a_page_is_all_of_its_parts(page):
    assert [type(step) for step in steps(page)] == [Text, Change, Commands]


def test_a_part_is_what_stands_below_its_heading(page):
    assert steps(page, "Two")[1:] == [Commands(("python manage.py check",))]


def test_a_part_that_is_gone_is_an_error(page):
    with pytest.raises(ValueError, match="no part 'Three'"):
        steps(page, "Three")


def test_lines_give_way_to_others(page, site):
    file = site.home / "templates" / "base.html"
    file.write_text("<head>\n  <title>Old</title>\n</head>\n", encoding="utf-8")
    site.write(steps(page, "Two")[0])
    assert file.read_text(encoding="utf-8") == "<head>\n  <title>New</title>\n  <link>\n</head>\n"


@pytest.mark.parametrize("times", [0, 2])
def test_lines_that_do_not_stand_there_once_are_an_error(page, site, times):
    (site.home / "templates" / "base.html").write_text("<head>\n  <title>Old</title>\n" * times, encoding="utf-8")
    with pytest.raises(AssertionError, match=f"has these lines {times} times"):
        site.write(steps(page, "Two")[0])


@pytest.mark.parametrize("name", ["quickstart.md", "sites.md", "removing.md"])
def test_each_block_of_a_page_that_is_followed_says_where_it_belongs(name):
    assert len(steps(DOCS / name)) >= 5


def test_each_kind_of_site_has_a_test():
    named = "\n".join(file.read_text(encoding="utf-8") for file in (DOCS.parent / "tests" / "sites").glob("test_*.py"))
    parts = [line[3:] for line in (DOCS / "sites.md").read_text(encoding="utf-8").splitlines() if line[:3] == "## "]
    assert [part for part in parts if steps(DOCS / "sites.md", part) and f'"{part}"' not in named] == []


@pytest.mark.parametrize("name", ["sites.md", "removing.md"])
def test_a_page_says_the_same_in_russian(name):
    def without_headings(page: str) -> list:
        return [one if isinstance(one, Commands) else replace(one, part="") for one in steps(DOCS / page)]

    assert without_headings(f"ru/{name}") == without_headings(name)
