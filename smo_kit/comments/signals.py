"""What happens to comments, told once for each change, whichever way it came about: on commit, or within it."""

from __future__ import annotations

from typing import Final

from django.dispatch import Signal

# A reader can see it from now on. Arguments: comment (XtdComment, with ``smo`` its Entry). Sender: XtdComment.
comment_published: Final = Signal()

# A published comment is held, removed or spam now. Arguments and sender: as above.
comment_withdrawn: Final = Signal()

# The same within the transaction of the change, for what must come true together with it, such as a row of an outbox.
# A receiver that fails undoes the change. Argument: entry (Entry). Sender: Entry.
comment_publishing: Final = Signal()
comment_withdrawing: Final = Signal()

# A guest has followed the link in his mail: the address under his comment is his. Within the transaction that takes his
# word, so that nothing of what he wished is lost; a receiver that fails undoes it. Argument and sender: as above.
comment_confirming: Final = Signal()
