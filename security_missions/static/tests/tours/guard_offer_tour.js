import {registry} from "@web/core/registry";

/** A guard is offered a shift, and takes it with one hand. */
registry.category("web_tour.tours").add("security_missions_guard_offer", {
    steps: () => [
        {
            content: "What he is offered is one touch away",
            trigger: ".o_portal_my_home a[href='/my/security/offers']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "His own offer, and that of nobody else",
            trigger: "[data-answer]:only-of-type:contains('Night Gate')",
        },
        {
            content: "Nothing is wider than the phone",
            trigger: "[data-answer] form[action$='/yes'] button",
            run({anchor}) {
                const {left, right} = anchor.getBoundingClientRect();
                const {scrollWidth, clientWidth} = document.documentElement;
                if (left < 0 || right > clientWidth || scrollWidth > clientWidth) {
                    throw new Error("The answer does not fit on the phone");
                }
            },
        },
        {
            trigger: "[data-answer] form[action$='/yes'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "main:contains('The shift is yours.')",
        },
    ],
});
