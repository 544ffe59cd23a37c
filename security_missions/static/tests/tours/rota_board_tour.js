import {registry} from "@web/core/registry";

const cell = (row, day) =>
    `.o_rota_row:has(.o_rota_name:contains(${row})) .o_rota_cell[data-day='${day}']`;
const chip = (row, day, text) => `${cell(row, day)} .o_rota_chip:contains(${text})`;

/** The days of the week that is shown, as the board names them. */
const {DateTime} = luxon;
const dayOf = (number) =>
    DateTime.now().startOf("week").plus({days: number}).toISODate();

/** What a mouse does at a point. */
function mouse(type, x, y) {
    document.elementFromPoint(x, y).dispatchEvent(
        new PointerEvent(type, {
            bubbles: true,
            cancelable: true,
            pointerType: "mouse",
            button: type === "pointermove" ? -1 : 0,
            clientX: x,
            clientY: y,
        })
    );
}

function middle(element) {
    const {x, y, width, height} = element.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
}

/** The middle of the cell of a guard, the same day. */
const cellOf = (guard, day) => () =>
    middle(
        [...document.querySelectorAll(`.o_rota_cell[data-day='${day}']`)].find((each) =>
            each.closest(".o_rota_row").textContent.includes(guard)
        )
    );

/** Two hours earlier, as wide as days are. */
const twoHoursEarlier = (edge) => {
    const [x, y] = middle(edge);
    return [x - edge.closest(".o_rota_cell").offsetWidth / 12, y];
};

/** Drag something by hand. */
function drag(content, from, to) {
    return {
        content,
        trigger: from,
        run({anchor}) {
            const [x, y] = middle(anchor);
            const [left, top] = to(anchor);
            mouse("pointerdown", x, y);
            mouse("pointermove", x + 10, y + 10);
            mouse("pointermove", left, top);
            mouse("pointerup", left, top);
        },
    };
}

/** A key, for whatever has the focus of the browser. */
const press = (content, keys, trigger) => ({
    content,
    trigger,
    run: `press ${keys}`,
});
const focus = (content, trigger) => ({
    content,
    trigger,
    run: ({anchor}) => anchor.focus(),
});
const undo = (trigger) => press("Undo it", "ctrl+z", trigger);
const hasFocus = (selector) => `${selector}:focus`;

/** A planner's hands on the board: what is refused flies back, all can be undone. */
registry.category("web_tour.tours").add("security_missions_rota_board", {
    steps: () => [
        {trigger: ".o_rota_grid"},
        {trigger: "[data-scale=week]", run: "click"},
        {
            content: "Seven days, read again",
            trigger: ".o_rota_grid[aria-colcount='8']:not([data-ready=no])",
        },
        drag(
            "Give the open shift to a guard",
            chip("To assign", dayOf(1), "Gate"),
            cellOf("Amine", dayOf(1))
        ),
        {trigger: chip("Amine", dayOf(1), "Gate")},
        drag(
            "A guard who is somewhere else then is refused",
            chip("Amine", dayOf(1), "Gate"),
            cellOf("Zoe", dayOf(1))
        ),
        {
            content: "The reason is told",
            trigger:
                ".o_notification:contains(two places at once) .o_notification_close",
            run: "click",
        },
        {
            content: "The shift is back where it was, and no ghost of it is left",
            trigger: `body:not(:has(.o_rota_ghost)) ${chip("Amine", dayOf(1), "Gate")}`,
        },
        focus("Take the shift with the keys", chip("Amine", dayOf(1), "Gate")),
        undo(hasFocus(chip("Amine", dayOf(1), "Gate"))),
        {trigger: chip("To assign", dayOf(1), "Gate")},

        // What ends at midnight ends a quarter of an hour later the day after.
        focus("A shift until midnight", chip("Zoe", dayOf(2), "Late")),
        press(
            "Later by a quarter of an hour",
            "shift+ArrowRight",
            hasFocus(chip("Zoe", dayOf(2), "16:00–00:00"))
        ),
        {trigger: chip("Zoe", dayOf(2), "16:00–00:15")},
        press(
            "And back",
            "shift+ArrowLeft",
            hasFocus(chip("Zoe", dayOf(2), "16:00–00:15"))
        ),
        {trigger: chip("Zoe", dayOf(2), "16:00–00:00")},
        drag(
            "Begin it before the midnight of its day",
            `${chip("Zoe", dayOf(6), "00:00–06:00")} .o_rota_edge_start`,
            twoHoursEarlier
        ),
        {trigger: chip("Zoe", dayOf(5), "22:00–06:00")},

        // Four of the six shifts of this cell are drawn: the keys know no other.
        focus(
            "The last one drawn",
            `${cell("To assign", dayOf(4))} .o_rota_chip:eq(3)`
        ),
        press(
            "Down leaves the cell",
            "ArrowDown",
            hasFocus(`${cell("To assign", dayOf(4))} .o_rota_chip`)
        ),
        press("And up comes back", "ArrowUp", hasFocus(cell("Amine", dayOf(4)))),
        press(
            "Delete the one that has the focus",
            "Delete",
            hasFocus(chip("To assign", dayOf(4), "11:00"))
        ),
        {
            trigger: `${cell("To assign", dayOf(4))}:not(:has(.o_rota_chip:contains(11:00)))`,
        },
        // The keys still work: the focus is on the shift that took its place.
        undo(hasFocus(chip("To assign", dayOf(4), "12:00"))),
        {trigger: chip("To assign", dayOf(4), "11:00")},
    ],
});
