"""A discussion as readers have left it: threads, a removed comment with a reply, one that waits, opinions, a report."""

from blog.models import Post
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django_comments.models import CommentFlag
from django_comments_xtd.models import DISLIKEDIT_FLAG, LIKEDIT_FLAG, XtdComment

ada = User.objects.create_user("ada", "ada@example.org", "stone-by-stone")
bob = User.objects.create_user("bob", "bob@example.org", "stone-by-stone")
post = Post.objects.get()
where = {"content_type": ContentType.objects.get_for_model(Post), "object_pk": str(post.pk), "site_id": 1}


def said(words, user=None, **fields):
    name, email = (user.username, user.email) if user else ("Guest", "guest@example.org")
    who = {"user": user, "user_name": name, "user_email": email}
    return XtdComment.objects.create(comment=words, submit_date=timezone.now(), **where, **who, **fields)


first = said("The first word", ada)
reply = said("An answer to it", bob, parent_id=first.pk)
said("An answer to the answer", parent_id=reply.pk)
gone = said("Words that were taken back", is_removed=True)
said("An answer to what is gone", ada, parent_id=gone.pk)
said("Words that wait", is_public=False)
said("The last word")
CommentFlag.objects.create(user=bob, comment=first, flag=LIKEDIT_FLAG)
CommentFlag.objects.create(user=ada, comment=reply, flag=DISLIKEDIT_FLAG)
CommentFlag.objects.create(user=ada, comment=gone, flag=CommentFlag.SUGGEST_REMOVAL)
