import {registry} from "@web/core/registry";

const CODE = "BADGE1AQZWM234567" + "A".repeat(21);
/** The same, as a scanner set to an American keyboard types it on a French one. */
const AZERTY = "BQDGE&QAWZ?é\"'(-è" + "Q".repeat(21);

/** What a scanner does: keys in quick succession on the page, then Enter. */
function scan(text) {
    for (const key of [...text, "Enter"]) {
        document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    }
}

registry.category("web_tour.tours").add("security_access.badge_check", {
    steps: () => [
        {
            content: "Type the code of a guard who is on his shift",
            trigger: ".o_security_badge_check input[name=badge_code]",
            run: `edit ${CODE}`,
        },
        {
            trigger: ".o_security_badge_check button[type=submit]",
            run: "click",
        },
        {
            content: "He may pass",
            trigger:
                ".o_security_verdict.o_security_green:contains(Test Guard):contains(Gate 1)",
        },
        {
            content: "Scan nonsense; the field kept neither the code nor the focus",
            trigger:
                ".o_security_badge_check input[name=badge_code]:not(:focus):value()",
            run: () => scan("NONSENSE"),
        },
        {
            trigger: ".o_security_verdict.o_security_red:contains(unknown)",
            run: () => scan(AZERTY),
        },
        {
            content: "Scanned through the wrong keyboard, it reads all the same",
            trigger: ".o_security_verdict.o_security_green:contains(Test Guard)",
        },
        {
            content: "Three checks so far",
            trigger: ".o_security_badge_check li:nth-child(3):contains(Test Guard)",
        },
        {
            content: "Revoke it",
            trigger: ".o_menu_sections button:contains(Access)",
            run: "click",
        },
        {
            trigger: ".dropdown-item:contains(Badges):first",
            run: "click",
        },
        {
            trigger: ".o_data_row .o_data_cell:contains(Test Guard)",
            run: "click",
        },
        {
            trigger: "button[name=action_revoke]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] label:contains(Stolen)",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=revoke_reason]:contains(Stolen)",
        },
        {
            trigger: ".o_menu_sections button:contains(Access)",
            run: "click",
        },
        {
            trigger: ".dropdown-item:contains(Check a Badge)",
            run: "click",
        },
        {
            content: "Scan it again",
            trigger: ".o_security_badge_check .o_security_waiting",
            run: () => scan(CODE),
        },
        {
            content: "He is stopped, and the screen says why",
            trigger: ".o_security_verdict.o_security_red:contains(stolen)",
        },
    ],
});
