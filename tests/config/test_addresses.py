"""An address with a character that no look-up can take is refused with a sentence."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    "path", ["/activities/a%00b/", "/activities/%00/edit/", "/calendar/?x=%00", "/admin/events/activity/?status=%00"]
)
def test_a_nul_character_is_refused(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, "Địa chỉ có ký tự không được phép." in response.content.decode()) == (400, True)


def test_a_percent_sign_before_two_noughts_is_none(client: Client) -> None:
    assert client.get("/khong-co/?x=%2500").status_code == 404
