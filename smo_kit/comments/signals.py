"""What happens to comments, told on commit and once for each change, whichever way it came about."""

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

# A guest has followed the link in his mail: the address under his comment is his. On commit. Arguments: comment.
comment_confirmed: Final = Signal()
