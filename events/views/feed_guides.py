"""How each calendar program subscribes, in words, and how late it looks again whatever a feed asks it for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """One program: its steps in order, its real delay, and what else its users ask; `key` names it in the page."""

    key: str
    name: str
    steps: tuple[str, ...]
    delay: str
    note: str = ""


def guides() -> tuple[Guide, ...]:
    """All programs, phones first, in the reader's language. Sources of the delays: the makers' own help pages."""
    return (_google(), _iphone(), _android(), _outlook(), _outlook_classic(), _mac(), _thunderbird())


def _google() -> Guide:
    return Guide(
        key="google",
        name=_("Google Calendar"),
        steps=(
            _("On a computer, open calendar.google.com in a browser and sign in with the account of your phone."),
            _("In the left column, beside “Other calendars”, press + and choose “From URL”."),
            _("Paste the address, press “Add calendar” and wait for the calendar to appear under “Other calendars”."),
            _("On the phone, open Google Calendar, then Settings: the new calendar stands there; switch “Sync” on."),
        ),
        delay=_("8 to 24 hours"),
        note=_(
            "The phone app cannot add an address: Google offers this on the web page only. Google alone decides when "
            "it looks again; no button of theirs or ours makes it faster."
        ),
    )


def _iphone() -> Guide:
    return Guide(
        key="iphone",
        name=_("iPhone, iPad"),
        steps=(
            _("Scan the QR code with the camera, or press “Open in the calendar of this device” on the phone itself."),
            _("Press “Subscribe”, then “Add”."),
            _(
                "If nothing opens: Settings, Apps, Calendar, Calendar Accounts, Add Account, Other, Add Subscribed "
                "Calendar; paste the address, press Next, then Save."
            ),
        ),
        delay=_("as the phone is set: usually once a day"),
        note=_("Sooner: Settings, Apps, Calendar, Calendar Accounts, Fetch New Data; choose “Every 15 Minutes”."),
    )


def _android() -> Guide:
    return Guide(
        key="android",
        name=_("Android without Google (ICSx⁵, DAVx⁵)"),
        steps=(
            _("Install ICSx⁵ from F-Droid or Google Play; users of DAVx⁵ install it beside it, from the same maker."),
            _("Open ICSx⁵, press +, paste the address (or press “Open in the calendar of this device” on the phone)."),
            _("Press Next, give it a name and a colour, press the tick. Every calendar app on the phone shows it."),
        ),
        delay=_("as ICSx⁵ is set: 15 minutes to a week, at first once a day"),
        note=_("Sooner: in ICSx⁵, menu, “Set sync. interval”. Phones with Google Calendar follow the steps of Google."),
    )


def _outlook() -> Guide:
    return Guide(
        key="outlook",
        name=_("Outlook on the web, new Outlook"),
        steps=(
            _("Open the calendar and press “Add calendar”."),
            _("Choose “Subscribe from web” and paste the address."),
            _("Give it a name and press “Import”."),
        ),
        delay=_("about 3 hours, at times more than 24"),
        note=_("There is no setting for it: Microsoft's server decides when it looks again."),
    )


def _outlook_classic() -> Guide:
    return Guide(
        key="outlook-classic",
        name=_("Outlook for Windows (classic)"),
        steps=(
            _("File, Account Settings, Account Settings, tab “Internet Calendars”, press “New…”."),
            _("Paste the address and press “Add”, then “OK”."),
            _("Leave “Update Limit” ticked."),
        ),
        delay=_("at every Send/Receive: as its group is set, usually 30 minutes, only while Outlook runs"),
        note=_("At once: press F9 (Send/Receive All Folders)."),
    )


def _mac() -> Guide:
    return Guide(
        key="mac",
        name=_("Mac (Calendar)"),
        steps=(
            _("In Calendar, menu File, “New Calendar Subscription…”, paste the address, press “Subscribe”."),
            _("Set “Auto-refresh” to “Every 15 minutes” or “Every hour”, press “OK”."),
        ),
        delay=_("as “Auto-refresh” is set: 5 minutes to a week"),
        note=_("At once: menu View, “Refresh Calendars”."),
    )


def _thunderbird() -> Guide:
    return Guide(
        key="thunderbird",
        name=_("Thunderbird"),
        steps=(
            _("Menu File, New, Calendar, “On the Network”; the user name stays empty."),
            _("Paste the address, press “Find Calendars”, then “Subscribe”."),
        ),
        delay=_("30 minutes, unless its “Refresh Calendar” is set otherwise"),
        note=_("At once: right-click the calendar, “Synchronize Calendars”."),
    )
