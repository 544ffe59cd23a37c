// What the guard reads on his rounds. The words stand here, apart from the templates:
// whoever gathers them for translation does not read templates inside templates.

import {_t, counted} from "@security_missions/guard/core/i18n";

export const words = {
    again: () => _t("Again"),
    all: () => _t("All points are passed"),
    anyTime: () => _t("At any time"),
    begin: () => _t("Begin the round"),
    choose: () => _t("Choose…"),
    end: () => _t("End the round"),
    endBelow: () => _t("End the round below."),
    endEarly: () => _t("End before all points are passed"),
    endWhy: () => _t("Why does the round end now?"),
    find: () => _t("What do you find?"),
    goOn: () => _t("Go on"),
    goOnRound: () => _t("Go on with the round"),
    here: (value) => _t("I am at “%s”", value),
    keep: () => _t("Keep it all the same"),
    kindEnd: () => _t("Round ended"),
    kindScan: () => _t("Point passed"),
    kindStart: () => _t("Round begun"),
    late: () => _t("This round is late."),
    lost: () => _t("The phone does not know where it is: go outside, or scan the tag."),
    nfc: () => _t("Read an NFC tag"),
    nfcHold: () => _t("Hold the phone against the tag."),
    nfcOff: () => _t("NFC is off or not allowed: switch it on, or use another way."),
    no: () => _t("No"),
    nothing: () => _t("No round is to be walked on your posts today or tomorrow."),
    over: () => _t("This round is over"),
    passedAt: (value) => _t("Passed at %s", value),
    photo: () => _t("Take a photo here."),
    pointLate: () => _t("This point is late: pass it all the same."),
    pointsLeft: (values) =>
        counted(
            values.left,
            _t("Under way, %(left)s point of %(all)s left", values),
            _t("Under way, %(left)s of %(all)s points left", values)
        ),
    reason: () => _t("Reason"),
    round: () => _t("Round"),
    rounds: () => _t("Rounds"),
    scan: () => _t("Scan the point"),
    since: (value) => _t("Under way for %s", value),
    size: (values) =>
        counted(
            values.points,
            _t("%(points)s point, about %(minutes)s min", values),
            _t("%(points)s points, about %(minutes)s min", values)
        ),
    toPass: () => _t("To pass"),
    toWalk: () => _t("Rounds to walk"),
    unknown: () => _t("This code is none of a checkpoint here"),
    unknownHelp: () =>
        _t("Scan again, or keep it all the same: your office will look at it."),
    within: (value) => _t("To pass within %s", value),
    yes: () => _t("Yes"),
};
