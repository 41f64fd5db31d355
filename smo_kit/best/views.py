from django.http import HttpRequest, HttpResponse


def told(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)
