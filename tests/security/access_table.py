"""What each role is answered: to a look (GET); behind the bar to an act (POST, empty, with the right CSRF token)."""

OF_READERS = r"""
view                                     anonymous member staff viewer moderator superuser | the same
smo/lock/news/                           204 204 204 204 204 204 | 405 405 405 405 405 405
smo/lock/file/<str:token>/<str:name>     403 403 403 403 403 403 | 405 405 405 405 405 405
smo/lock/shown/                          405 405 405 405 405 405 | 403 403 403 403 403 403
smo/lock/<str:token>/                    403 403 403 403 403 200 | 405 405 405 405 405 405
smo/lock/<str:token>/open/               303 303 303 303 303 303 | 400 400 400 400 400 303
smo/comments/new/                        200 200 200 200 200 200 | 400 400 400 400 400 400
smo/comments/mine/                       400 400 400 400 400 400 | 405 405 405 405 405 405
smo/comments/claim/                      405 405 405 405 405 405 | 303 200 200 200 200 200
smo/comments/sent/<str:token>/           200 200 200 200 200 200 | 405 405 405 405 405 405
smo/comments/<smo_id:pk>/                302 302 302 302 302 302 | 405 405 405 405 405 405
smo/comments/<smo_id:pk>/edit/           200 200 200 200 200 200 | 403 403 403 403 403 403
smo/comments/<smo_id:pk>/vote/           200 200 200 200 200 200 | 400 400 400 400 400 400
smo/comments/<smo_id:pk>/report/         200 200 200 200 200 200 | 200 200 200 200 200 200
smo/comments/confirm/<str:token>/        200 200 200 200 200 200 | 200 200 200 200 200 200
smo/comments/decide/<str:token>/         200 200 200 200 200 200 | 200 200 200 200 200 200
smo/notify/follow/                       200 200 200 200 200 200 | 400 400 400 400 400 400
smo/notify/manage/<str:token>/           200 200 200 200 200 200 | 303 303 303 303 303 303
smo/notify/mine/                         302 200 200 200 200 200 | 302 303 303 303 303 303
smo/notify/link/                         200 200 200 200 200 200 | 400 400 400 400 400 400
smo/notify/confirm/<str:token>/          200 200 200 200 200 200 | 200 200 200 200 200 200
smo/notify/end/<str:token>/              200 200 200 200 200 200 | 200 200 200 200 200 200
smo/notify/inbox/                        302 200 200 200 200 200 | 405 405 405 405 405 405
smo/notify/inbox/read/                   405 405 405 405 405 405 | 302 303 303 303 303 303
smo/notify/push/                         405 405 405 405 405 405 | 302 404 404 404 404 404
smo/notify/worker.js                     200 200 200 200 200 200 | 405 405 405 405 405 405
smo/notify/unread/                       204 200 200 200 200 200 | 405 405 405 405 405 405
smo/login/                               200 200 200 200 200 200 | 405 405 405 405 405 405
smo/login/start/                         200 200 200 200 200 200 | 303 303 303 303 303 303
smo/login/password/                      303 303 303 303 303 303 | 200 302 302 302 302 302
smo/login/me/                            200 200 200 200 200 200 | 405 405 405 405 405 405
smo/login/account/                       303 200 200 200 200 200 | 303 303 303 303 303 303
smo/login/account/connect/               303 303 303 303 303 303 | 303 303 303 303 303 303
smo/login/account/leave/                 303 200 200 200 200 200 | 303 403 403 403 403 403
smo/seen/                                405 405 405 405 405 405 | 403 403 403 403 403 403
smo/mail/unsubscribe/<str:token>/        200 200 200 200 200 200 | 200 200 200 200 200 200
smo/card/<smo_digest:name>.jpg           200 200 200 200 200 200 | 405 405 405 405 405 405
smo/preview/<str:token>/                 302 403 403 403 403 200 | 405 405 405 405 405 405
smo/preview.css                          200 200 200 200 200 200 | 405 405 405 405 405 405
smo/qr/                                  200 200 200 200 200 200 | 405 405 405 405 405 405
smo/ask/                                 200 200 200 200 200 200 | 403 403 403 403 403 403
smo/saved/                               200 200 200 200 200 200 | 405 405 405 405 405 405
smo/numbers/                             200 200 200 200 200 200 | 405 405 405 405 405 405
smo/out/<network_id>/                    302 302 302 302 302 302 | 405 405 405 405 405 405
smo/s/<token>/                           302 302 302 302 302 302 | 405 405 405 405 405 405
smo/ratings/<path:token>/                200 200 200 200 200 200 | 400 400 400 400 400 400
smo/best/told/                           405 405 405 405 405 405 | 403 403 403 403 403 403
smo/health/                              200 200 200 200 200 200 | 405 405 405 405 405 405
smo/ready/                               200 200 200 200 200 200 | 405 405 405 405 405 405
smo/metrics/                             404 404 404 404 404 404 | 405 405 405 405 405 405
smo/comments/post/                       405 405 405 405 405 405 | 400 400 400 400 400 400
smo/comments/reply/<smo_id:pk>/          302 302 302 302 302 302 | 405 405 405 405 405 405
smo/comments/flag/<smo_id:pk>/           200 200 200 200 200 200 | 200 200 200 200 200 200
smo/comments/like/<smo_id:pk>/           302 302 302 302 302 302 | 405 405 405 405 405 405
smo/comments/dislike/<smo_id:pk>/        302 302 302 302 302 302 | 405 405 405 405 405 405
smo/comments/cr/(\d+)/(.+)/$             302 302 302 302 302 302 | 302 302 302 302 302 302
"""

OF_DESKS = r"""
view anonymous member staff viewer moderator superuser | viewer moderator
admin/smo_comments/discussion/                             302 302 403 403 200 200 | 403 200
admin/smo_comments/discussion/add/                         302 302 403 403 403 403 | 403 403
admin/smo_comments/discussion/<path:object_id>/history/    302 302 403 403 200 200 | 403 200
admin/smo_comments/discussion/<path:object_id>/delete/     302 302 403 403 403 403 | 403 403
admin/smo_comments/discussion/<path:object_id>/change/     302 302 403 403 200 200 | 403 302
admin/smo_comments/action/                                 302 302 403 403 200 200 | 403 200
admin/smo_comments/action/add/                             302 302 403 403 403 403 | 403 403
admin/smo_comments/action/<path:object_id>/history/        302 302 403 403 200 200 | 403 200
admin/smo_comments/action/<path:object_id>/delete/         302 302 403 403 403 403 | 403 403
admin/smo_comments/action/<path:object_id>/change/         302 302 302 302 302 302 | 302 302
admin/smo_comments/entry/<int:pk>/alike/                   302 302 403 403 200 200 | 403 302
admin/smo_comments/entry/                                  302 302 403 403 200 200 | 403 200
admin/smo_comments/entry/add/                              302 302 403 403 403 403 | 403 403
admin/smo_comments/entry/<path:object_id>/history/         302 302 403 403 200 200 | 403 200
admin/smo_comments/entry/<path:object_id>/delete/          302 302 403 403 403 403 | 403 403
admin/smo_comments/entry/<path:object_id>/change/          302 302 403 403 200 200 | 403 200
admin/smo_notify/subscriber/                               302 302 403 200 403 200 | 200 403
admin/smo_notify/subscriber/add/                           302 302 403 403 403 403 | 403 403
admin/smo_notify/subscriber/<path:object_id>/history/      302 302 403 200 403 200 | 200 403
admin/smo_notify/subscriber/<path:object_id>/delete/       302 302 403 403 403 200 | 403 403
admin/smo_notify/subscriber/<path:object_id>/change/       302 302 403 200 403 200 | 403 403
admin/smo_login/health/                                    302 302 403 200 403 200 | 200 403
admin/smo_login/health/<path:app>/                         302 302 403 200 403 200 | 403 403
admin/smo_best/offer/csv/                                  302 302 403 200 403 200 | 200 403
admin/smo_core/audit/                                      302 302 403 200 403 200 | 403 403
admin/smo_core/personalrequest/                            302 302 403 403 403 200 | 403 403
admin/smo_core/settings/<slug:name>/                       302 302 403 200 403 200 | 403 403
admin/smo_core/settings/                                   302 302 302 302 302 302 | 302 302
admin/smo_core/settings/add/                               302 302 404 404 404 404 | 404 404
admin/smo_core/settings/<path:object_id>/history/          302 302 403 200 403 200 | 200 403
admin/smo_core/settings/<path:object_id>/delete/           302 302 403 403 403 403 | 403 403
admin/smo_core/settings/<path:object_id>/change/           302 302 302 302 302 302 | 302 302
admin/smo_core/place/                                      302 302 403 200 403 200 | 200 403
admin/smo_core/place/add/                                  302 302 403 403 403 200 | 403 403
admin/smo_core/place/<path:object_id>/history/             302 302 403 200 403 200 | 200 403
admin/smo_core/place/<path:object_id>/delete/              302 302 403 403 403 200 | 403 403
admin/smo_core/place/<path:object_id>/change/              302 302 403 200 403 200 | 403 403
admin/smo_mail/mail/                                       302 302 403 200 403 200 | 200 403
admin/smo_mail/mail/add/                                   302 302 403 403 403 403 | 403 403
admin/smo_mail/mail/<path:object_id>/history/              302 302 403 200 403 200 | 200 403
admin/smo_mail/mail/<path:object_id>/delete/               302 302 403 403 403 200 | 403 403
admin/smo_mail/mail/<path:object_id>/change/               302 302 403 200 403 200 | 403 403
admin/smo_mail/suppression/                                302 302 403 200 403 200 | 200 403
admin/smo_mail/suppression/add/                            302 302 403 403 403 200 | 403 403
admin/smo_mail/suppression/<path:object_id>/history/       302 302 403 200 403 200 | 200 403
admin/smo_mail/suppression/<path:object_id>/delete/        302 302 403 403 403 200 | 403 403
admin/smo_mail/suppression/<path:object_id>/change/        302 302 403 200 403 200 | 403 403
admin/smo_spam/reputation/                                 302 302 403 200 403 200 | 200 403
admin/smo_spam/reputation/add/                             302 302 403 403 403 403 | 403 403
admin/smo_spam/reputation/<path:object_id>/history/        302 302 403 200 403 200 | 200 403
admin/smo_spam/reputation/<path:object_id>/delete/         302 302 403 403 403 200 | 403 403
admin/smo_spam/reputation/<path:object_id>/change/         302 302 403 200 403 200 | 403 403
admin/smo_spam/model/                                      302 302 403 200 403 200 | 200 403
admin/smo_spam/model/add/                                  302 302 403 403 403 403 | 403 403
admin/smo_spam/model/<path:object_id>/history/             302 302 403 200 403 200 | 200 403
admin/smo_spam/model/<path:object_id>/delete/              302 302 403 403 403 200 | 403 403
admin/smo_spam/model/<path:object_id>/change/              302 302 403 200 403 200 | 403 403
admin/smo_spam/decision/                                   302 302 403 200 403 200 | 200 403
admin/smo_spam/decision/add/                               302 302 403 403 403 403 | 403 403
admin/smo_spam/decision/<path:object_id>/history/          302 302 403 200 403 200 | 200 403
admin/smo_spam/decision/<path:object_id>/delete/           302 302 403 403 403 200 | 403 403
admin/smo_spam/decision/<path:object_id>/change/           302 302 403 200 403 200 | 403 403
admin/smo_core/cardrow/<path:object_id>/smo-previews/      302 302 404 200 404 200 | 403 404
admin/smo_core/cardrow/                                    302 302 403 200 403 200 | 200 403
admin/smo_core/cardrow/add/                                302 302 403 403 403 403 | 403 403
admin/smo_core/cardrow/<path:object_id>/history/           302 302 302 200 302 200 | 200 302
admin/smo_core/cardrow/<path:object_id>/delete/            302 302 403 403 403 403 | 403 403
admin/smo_core/cardrow/<path:object_id>/change/            302 302 403 200 403 200 | 403 403
admin/smo_share/personallink/shares/                       302 302 403 200 403 200 | 200 403
admin/smo_share/personallink/spreaders/                    302 302 403 200 403 200 | 200 403
admin/smo_share/personallink/                              302 302 403 200 403 200 | 200 403
admin/smo_share/personallink/add/                          302 302 403 403 403 403 | 403 403
admin/smo_share/personallink/<path:object_id>/history/     302 302 403 200 403 200 | 200 403
admin/smo_share/personallink/<path:object_id>/delete/      302 302 403 403 403 403 | 403 403
admin/smo_share/personallink/<path:object_id>/change/      302 302 403 200 403 200 | 200 403
admin/smo_follow/account/                                  302 302 403 200 403 200 | 200 403
admin/smo_follow/account/add/                              302 302 403 403 403 200 | 403 403
admin/smo_follow/account/<path:object_id>/history/         302 302 403 200 403 200 | 200 403
admin/smo_follow/account/<path:object_id>/delete/          302 302 403 403 403 200 | 403 403
admin/smo_follow/account/<path:object_id>/change/          302 302 403 200 403 200 | 403 403
admin/smo_ratings/summary/                                 302 302 403 200 403 200 | 200 403
admin/smo_ratings/summary/add/                             302 302 403 403 403 403 | 403 403
admin/smo_ratings/summary/<path:object_id>/history/        302 302 403 200 403 200 | 200 403
admin/smo_ratings/summary/<path:object_id>/delete/         302 302 403 403 403 200 | 403 403
admin/smo_ratings/summary/<path:object_id>/change/         302 302 403 200 403 200 | 403 403
admin/smo_ratings/rating/                                  302 302 403 200 403 200 | 200 403
admin/smo_ratings/rating/add/                              302 302 403 403 403 403 | 403 403
admin/smo_ratings/rating/<path:object_id>/history/         302 302 403 200 403 200 | 200 403
admin/smo_ratings/rating/<path:object_id>/delete/          302 302 403 403 403 200 | 403 403
admin/smo_ratings/rating/<path:object_id>/change/          302 302 403 200 403 200 | 403 403
admin/smo_best/curation/beside/<smo_id:card>/              302 302 403 403 403 200 | 403 403
admin/smo_best/curation/                                   302 302 403 200 403 200 | 200 403
admin/smo_best/curation/add/                               302 302 403 403 403 403 | 403 403
admin/smo_best/curation/<path:object_id>/history/          302 302 403 200 403 200 | 200 403
admin/smo_best/curation/<path:object_id>/delete/           302 302 403 403 403 403 | 403 403
admin/smo_best/curation/<path:object_id>/change/           302 302 403 403 403 302 | 403 403
admin/smo_best/offer/                                      302 302 403 200 403 200 | 200 403
admin/smo_best/pick/                                       302 302 403 200 403 200 | 200 403
admin/smo_best/pick/add/                                   302 302 403 403 403 200 | 403 403
admin/smo_best/pick/<path:object_id>/history/              302 302 403 200 403 200 | 200 403
admin/smo_best/pick/<path:object_id>/delete/               302 302 403 403 403 200 | 403 403
admin/smo_best/pick/<path:object_id>/change/               302 302 403 200 403 200 | 403 403
admin/smo_lock/lock/<smo_id:pk>/numbers/                   302 302 403 200 403 200 | 200 403
admin/smo_lock/lock/                                       302 302 403 200 403 200 | 200 403
admin/smo_lock/lock/add/                                   302 302 403 403 403 403 | 403 403
admin/smo_lock/lock/<path:object_id>/history/              302 302 403 200 403 200 | 200 403
admin/smo_lock/lock/<path:object_id>/delete/               302 302 403 403 403 200 | 403 403
admin/smo_lock/lock/<path:object_id>/change/               302 302 403 200 403 200 | 403 403
admin/smo_lock/download/                                   302 302 403 200 403 200 | 200 403
admin/smo_lock/download/add/                               302 302 403 403 403 200 | 403 403
admin/smo_lock/download/<path:object_id>/history/          302 302 403 200 403 200 | 200 403
admin/smo_lock/download/<path:object_id>/delete/           302 302 403 403 403 200 | 403 403
admin/smo_lock/download/<path:object_id>/change/           302 302 403 200 403 200 | 403 403
admin/smo_cms/pagecard/                                    302 302 403 403 403 403 | 403 403
admin/smo_cms/pagecard/add/                                302 302 403 403 403 403 | 403 403
admin/smo_cms/pagecard/<path:object_id>/history/           302 302 403 403 403 200 | 403 403
admin/smo_cms/pagecard/<path:object_id>/delete/            302 302 403 403 403 200 | 403 403
admin/smo_cms/pagecard/<path:object_id>/change/            302 302 403 403 403 200 | 403 403
"""
"""The pages of the admin. Who may only look, and who moderates, change nothing that is not theirs."""
