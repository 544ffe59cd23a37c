"""The page of a guard in a Chromium of its own, used as a guard uses it.

Buttons are found by what they say and fields by their labels, so that words that are
missing for who listens to the page are missing for the test, too.
"""

import json
import time

from chromium import Chromium

# What a finger finds at the middle of a thing: itself, or something that covers it.
HIT = """
((thing) => {
    thing.scrollIntoView({block: "center"});
    const {x, y, width, height} = thing.getBoundingClientRect();
    const hit = document.elementFromPoint(x + width / 2, y + height / 2);
    return thing === hit || thing.contains(hit);
})(%s)
"""
# What the page does once a screen is drawn, scrolling for one, is over.
DRAWN = """
new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
"""
PRESSED = "button, a.button, a.item, .bar a, .menu a"
STROKE = ((0.2, 0.7), (0.4, 0.2), (0.6, 0.8), (0.8, 0.3))


class GuardPhone(Chromium):
    """A phone of 390 × 844 that may say where it is; use it as a context manager."""

    def __init__(self, base):
        super().__init__(base, 390, 844)
        page, self.session = self.session, None
        self.call(
            "Browser.grantPermissions", permissions=["geolocation", "notifications"]
        )
        self.session = page
        self.call("Network.enable")

    # ------------------------------------------------------------
    # The world around it
    # ------------------------------------------------------------

    def move(self, latitude, longitude, accuracy=8):
        """The guard walks there (degrees, metres)."""
        self.call(
            "Emulation.setGeolocationOverride",
            latitude=latitude,
            longitude=longitude,
            accuracy=accuracy,
        )

    def network(self, there):
        """With or without network, as the page and its requests see it."""
        self.call(
            "Network.emulateNetworkConditions",
            offline=not there,
            latency=0,
            downloadThroughput=-1,
            uploadThroughput=-1,
        )

    def deliver(self, news):
        """What the push service of the browser hands to the page's worker."""
        self.run("navigator.serviceWorker.ready.then(() => true)")
        self.call("ServiceWorker.enable")
        self.run("navigator.serviceWorker.getRegistration('/guard/').then(() => true)")
        known = [
            registration["registrationId"]
            for event in self.heard
            if event.get("method") == "ServiceWorker.workerRegistrationUpdated"
            for registration in event["params"]["registrations"]
            if not registration["isDeleted"]
        ]
        self.call(
            "ServiceWorker.deliverPushMessage",
            origin=self.base,
            registrationId=known[-1],
            data=news,
        )

    # ------------------------------------------------------------
    # What is on the screen
    # ------------------------------------------------------------

    def sees(self, *words, seconds=30):
        """Wait until the page shows all of these words."""
        for text in words:
            self.until(f"document.body.innerText.includes({json.dumps(text)})", seconds)

    def button(self, words):
        """Expression of the button or link that says this and can be pressed."""
        return (
            f"[...document.querySelectorAll({json.dumps(PRESSED)})]"
            f".find((each) => !each.disabled && {json.dumps(words)} === "
            "(each.getAttribute('aria-label') || each.innerText).trim())"
        )

    def field(self, label):
        """Expression of the control with this label."""
        return (
            "[...document.querySelectorAll('label')].find((each) => "
            f"each.innerText.trim() === {json.dumps(label)})?.control"
        )

    def big(self):
        """What the one large button says."""
        return self.until("document.querySelector('main .button.big')?.innerText")

    # ------------------------------------------------------------
    # The finger
    # ------------------------------------------------------------

    def touch(self, thing):
        """A touch in the middle of a thing, which must not be covered."""
        self.find(thing)
        self.click(thing)

    def find(self, thing):
        """Bring a thing under the finger, at rest."""
        for _before_and_after in range(2):
            self.until(f"{thing} && {HIT % thing}")
            self.run(DRAWN)

    def press(self, words):
        self.touch(self.button(words))

    def press_long(self, words, seconds):
        thing = (
            "[...document.querySelectorAll('button')]"
            f".find((each) => each.innerText.startsWith({json.dumps(words)}))"
        )
        self.find(thing)
        x, y = self.middle(thing)
        self.mouse("Pressed", x, y)
        time.sleep(seconds)  # how long a finger stays is what the button asks
        self.mouse("Released", x, y)

    def write(self, label, text):
        self.type(self.field(label), text)

    def type(self, control, text):
        """Keys into a control that holds nothing yet."""
        self.until(f"{control} && ({control}.focus(), document.activeElement.id)")
        self.call("Input.insertText", text=text)

    def tick(self, label):
        self.touch(self.field(label))

    def sign(self, stroke=STROKE):
        """A stroke in the frame, with the finger."""
        canvas = "document.querySelector('.signature canvas')"
        self.find(canvas)
        left, top, width, height = self.run(
            f"(({{x, y, width, height}}) => [x, y, width, height])"
            f"({canvas}.getBoundingClientRect())"
        )
        spots = [(left + x * width, top + y * height) for x, y in stroke]
        self.mouse("Pressed", *spots[0])
        for spot in spots[1:]:
            self.mouse("Moved", *spot)
        self.mouse("Released", *spots[-1])
        self.until(f"{canvas}.getAttribute('aria-label') === 'Signed'")

    def photograph(self, path):
        """The camera of the phone has taken the picture in this file."""
        chosen = self.call(
            "Runtime.evaluate", expression="document.querySelector('input[type=file]')"
        )
        self.call(
            "DOM.setFileInputFiles",
            files=[str(path)],
            objectId=chosen["result"]["objectId"],
        )
        self.until("document.querySelector('.thumb img')?.naturalWidth > 0")

    # ------------------------------------------------------------
    # Coming in, and being sure
    # ------------------------------------------------------------

    def go(self, *names):
        """Through the menu, as whoever does not know the addresses."""
        self.press("Menu")
        for name in names:
            self.press(name)

    def enrol_by_login(self, login):
        """With the login of the portal, on the page of Odoo itself."""
        self.open("/guard/")
        self.press("Log in with my password")
        self.until("document.querySelector('.oe_login_form [name=password]')")
        self.type("document.querySelector('#login')", login)
        self.type("document.querySelector('#password')", login)
        self.click("document.querySelector('.oe_login_form button[type=submit]')")
        self.press("This is my phone")
        self.sees("Today")

    def enrol_by_code(self, code):
        """With a code that the supervisor has made."""
        self.open("/guard/")
        self.write("Code of my supervisor", code)
        self.press("Use this code")
        self.sees("Today")

    def all_sent(self):
        """Wait until nothing waits, photos included; ``[(kind, state, message)]``."""
        self.touch("document.querySelector('.pill')")
        # Before the first talk with the office, there is nothing to send either.
        pill = "document.querySelector('.pill.good')"
        self.until(f"{pill}?.innerText.includes('All sent')", 30)
        rows = self.run(
            "odoo.loader.modules.get('@security_missions/guard/core/outbox')"
            ".outboxItems.get().map((row) => [row.kind, row.state, row.message])"
        )
        return [tuple(row) for row in rows]
