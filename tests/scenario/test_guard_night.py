"""Guards with their phones in the hand, an operator at his desk, a real network.

The pages are the real ones, each in a browser of its own; the server is a process of
its own. The night is a short one: its half hour holds all that a night holds.
"""

import json
import time

import pytest
from chromium import Chromium
from guard_phone import GuardPhone
from PIL import Image

from . import night
from .night import HERE, MORNING, RELIEF

DATABASE, FIRM = night.DATABASE, night.FIRM
GOOD = {"accepted", "flagged", "duplicate"}
# What hangs on the phone's lock screen, once there is something.
SHOWN = """(async () => {
    const worker = await navigator.serviceWorker.ready;
    for (let time = 0; time < 200; time++) {
        const shown = await worker.getNotifications();
        if (shown.length > %d) {
            return shown.map(({title, data}) => [title, data.screen]);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return [];
})()"""


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "leak.jpg"
    Image.new("RGB", (640, 480), "#336699").save(path, exif=Image.Exif())
    return path


def begin_the_night(phone):
    """From the door of his home to the post."""
    phone.enrol_by_login("nadia_night")
    phone.sees("My next shift", "Horizon", "Night desk")
    assert phone.big() == "I am on my way"
    phone.press("I am on my way")
    phone.until("document.querySelector('.button.big').innerText === 'Read the orders'")
    phone.press("Read the orders")
    phone.sees("The gate stays shut after 22:00.")
    phone.press("I have read and understood")
    phone.press("Today")
    phone.until("document.querySelector('.button.big').innerText === 'Clock in'")
    phone.press("Clock in")
    phone.press("Clock in now")
    phone.sees("On post since", "You work alone")
    phone.until("document.querySelector('.button.big').innerText === 'I am well'")
    phone.press("I am well")
    phone.sees("Next check at")
    assert not {row for row in phone.all_sent() if row[1] != "accepted"}


def walk_the_round(phone, firm, photo):
    """Three points: one with network, two in the cellar where there is none."""
    boiler, park, roof = firm["points"]
    phone.press("Rounds to walk")
    phone.press("Begin the round")

    def scan(code):
        phone.press("Scan the point")
        phone.sees("The camera cannot be used here")
        phone.write("Or type the code", code)
        phone.press("Use this code")

    phone.sees(boiler["name"], park["name"], roof["name"])
    scan(roof["printed"])
    phone.press("Point passed")
    phone.sees("Passed at")
    phone.network(False)
    phone.sees("Offline")
    scan(boiler["printed"])
    phone.write("Pressure (bar)", "2.4")
    phone.press("Point passed")
    scan(park["typed"])
    phone.press("Point passed")
    phone.sees("All points are passed")
    phone.go("Log book")
    phone.press("Technical fault")
    phone.write("What happened", "A leak under the boiler")
    phone.photograph(photo)
    phone.press("Write in the log book")
    phone.sees("Written on this phone", "On this phone")
    phone.press("Today")
    phone.press("Go on with the round")
    phone.press("End the round")


def test_whole_night_of_a_guard(lab, firm, base, photo):
    """From his home to his home, without network in the middle; then the office."""
    with GuardPhone(base) as phone:
        phone.move(*HERE)
        begin_the_night(phone)
        walk_the_round(phone, firm, photo)
        phone.go("What I sent")
        phone.sees("1 photo to send", "Round ended", "Log book entry")
        assert phone.run("document.querySelectorAll('.item .badge.wait').length") >= 4
        phone.network(True)
        rows = phone.all_sent()
        assert {state for _kind, state, _message in rows} <= GOOD, rows
        phone.press("Today")
        phone.press("Hand over my post")
        phone.write("Keys (expected: 12)", "12")
        phone.tick("Radio: in order")
        phone.sign()
        phone.press("Hand over")
        phone.until("document.querySelector('.button.big').innerText === 'Clock out'")
        phone.press("Clock out")
        phone.press("Clock out now")
        rows = phone.all_sent()
        assert {state for _kind, state, _message in rows} <= GOOD, rows

    seen = lab.code(DATABASE, MORNING.replace("NIGHT", str(firm["night"])))
    assert seen["attendance"] == ["geo", "inside", "geo", "inside"]
    assert seen["closed"]
    assert not seen["exceptions"]
    assert seen["round"][:2] == ["done", 3], seen
    assert seen["answers"] == ["2.4"]
    assert set(seen["states"]) <= GOOD, seen
    assert seen["numbers"] == list(range(1, len(seen["numbers"]) + 1))
    assert seen["checks"] == 1
    assert seen["relief"] == "given"
    assert seen["photos"] == [["image/jpeg", True]]
    assert not seen["unsealed"]
    assert not seen["breaks"]


def test_relief_signed_by_both(lab, firm, base):
    """The next guard counts a key less than the one who leaves: reserves."""
    with GuardPhone(base) as leaving, GuardPhone(base) as coming:
        leaving.enrol_by_code(firm["codes"]["leaving"])
        coming.enrol_by_code(firm["codes"]["coming"])
        leaving.press("Hand over my post")
        leaving.sees("Still to count: Keys")
        leaving.write("Keys (expected: 12)", "11")
        leaving.write("Comment: Keys", "One is at the cleaner's")
        leaving.tick("Radio: in order")
        leaving.write("For the next guard", "Quiet night")
        assert not leaving.run(f"Boolean({leaving.button('Hand over')})")
        leaving.sign()
        leaving.press("Hand over")
        leaving.all_sent()
        leaving.go("Relief")
        leaving.sees("You have handed over this post.")

        coming.all_sent()
        coming.press("Accept the relief")
        coming.sees("Relief of Lea Leaving", "11", "One is at the cleaner's")
        coming.sees("Not as expected", "Quiet night")
        coming.write("My reserves", "The twelfth key was not shown to me")
        # Without a finger: his hand is hurt.
        coming.write("Or write your name", "Carl Coming")
        coming.press("Accept with reserves")
        coming.sees("My next shift")
        coming.all_sent()
        assert not coming.run(f"Boolean({coming.button('Accept the relief')})")

    relief = lab.code(DATABASE, RELIEF.replace("GATE", str(firm["gate"])))
    assert relief == {
        "state": "reserves",
        "guards": ["Lea Leaving", "Carl Coming"],
        "reserve": "The twelfth key was not shown to me",
        "lines": [["Keys", 11, False, True], ["Radio", 0, True, False]],
        "signed": [True, True, True],
    }


def test_sos_is_answered_at_the_desk(lab, firm, base):
    """A guard calls; the operator who did not touch his screen sees it and answers."""
    row = "[...document.querySelectorAll('.o_control_alarm')]" + (
        ".find((each) => each.innerText.includes('Sam Alone'))"
    )
    dialog = "document.querySelector('.modal')"
    with GuardPhone(base) as phone, Chromium(base) as desk:
        phone.move(*HERE, accuracy=12)
        phone.enrol_by_code(firm["codes"]["alone"])
        desk.login(DATABASE, "operator_n", "operator_n")
        # The first to open the web client waits until the server has made it.
        desk.call("Page.navigate", url=f"{base}/odoo/security-control-list")
        desk.until("document.querySelector('.o_control_pill.o_control_green')", 120)

        phone.press_long("SOS", 0.4)
        assert phone.run("location.hash") == "#home"
        phone.press_long("SOS", 1.8)
        phone.sees("SOS in", "Nothing was sent yet.")
        assert not desk.run(f"Boolean({row})")
        phone.sees("SOS received", "Nobody has taken it yet")
        begun = time.monotonic()
        desk.until(row)
        print(f"\non the desk {1000 * (time.monotonic() - begun):.0f} ms after")
        assert "48.85660" in desk.run(f"{row}.innerText")

        # The phone ends the page, and opens it again: the call goes on.
        phone.open("/guard/")
        phone.sees("SOS received", "Nobody has taken it yet")

        desk.click(f"{row}.querySelector('.o_control_take')")
        desk.until(f"{row}.innerText.includes('Taken by')")
        # Without a touch: the guard may have put the phone into his pocket.
        phone.sees("Operator_n has taken your SOS", "Stay reachable")
        desk.click(f"{row}.querySelector('.o_control_close')")
        save = f"{dialog}.querySelector('.btn-primary')"
        desk.until(save)
        desk.click(save)
        desk.until(f"{dialog}.innerText.includes('Write what happened')")
        assert desk.run(f"Boolean({row})")
        desk.until("(document.querySelector('#o_control_note').focus(), true)")
        desk.call("Input.insertText", text="Reached by radio, a fall, ambulance called")
        desk.click(save)
        desk.until(f"!({row})")
        phone.sees("The office has closed your SOS")

    alerts = lab.query(
        DATABASE,
        "SELECT state, closing_note FROM security_alert WHERE kind = 'sos'",
    )
    assert alerts == [("closed", "Reached by radio, a fall, ambulance called")]


def test_news_are_shown_on_a_phone_that_sleeps(base, firm):
    """Whatever comes: words, the screen a touch opens, and nothing else."""
    with GuardPhone(base) as phone:
        phone.open("/guard/")
        news = {
            "title": "Your rota is published or has changed: read it.",
            "options": {"tag": "rota", "data": {"screen": "rota"}},
        }
        phone.deliver(json.dumps(news))
        assert phone.run(SHOWN % 0) == [[news["title"], "rota"]]
        phone.deliver('{"title": "x", "options": {"data": {"screen": "//evil"}}}')
        assert ["x", "home"] in phone.run(SHOWN % 1)
