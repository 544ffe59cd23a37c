import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

/** What a mouse does at a point, as the board's library listens to it. */
function mouse(type, x, y) {
    document.elementFromPoint(x, y).dispatchEvent(
        new PointerEvent(type, {
            bubbles: true,
            cancelable: true,
            pointerId: 1,
            pointerType: "mouse",
            isPrimary: true,
            button: type === "pointermove" ? -1 : 0,
            buttons: type === "pointerup" ? 0 : 1,
            clientX: x,
            clientY: y,
        })
    );
}

function frame() {
    return new Promise((resolve) => requestAnimationFrame(resolve));
}

function middle(element) {
    const {x, y, width, height} = element.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
}

function rowOf(name) {
    const labels = [...document.querySelectorAll(".o_shift_timeline .vis-label")];
    return labels.find((label) => label.textContent.includes(name));
}

/** The only shift of the board, once the board has stopped drawing it again. */
async function settledShift() {
    let line = null;
    let place = null;
    for (let still = 0; still < 10; still++) {
        await frame();
        const now = document.querySelector(".vis-item.vis-range .o_shift_line");
        const where = now && middle(now).join();
        if (now !== line || where !== place) {
            [line, place, still] = [now, where, 0];
        }
    }
    return line;
}

/**
 * Drag the only shift of the board to the row of a guard, by hand: a hand drifts, and
 * the board asks for that drift when the gesture is faster than 25 ms.
 */
function dragToRow(name) {
    return [
        {
            content: `Drag it to ${name}`,
            trigger: ".o_shift_timeline .vis-item.vis-range",
            async run() {
                const [x, y] = middle(await settledShift());
                const [, target] = middle(rowOf(name));
                const steps = 5;
                mouse("pointerdown", x, y);
                for (let step = 1; step <= steps; step++) {
                    await frame();
                    mouse(
                        "pointermove",
                        x + 2 * step,
                        y + ((target - y) * step) / steps
                    );
                }
                await frame();
                mouse("pointerup", x + 2 * steps, target);
            },
        },
    ];
}

/** Wait until the shift of the board is in the row of a guard. */
function inRow(name, status) {
    return {
        content: `The shift is in the row of ${name}`,
        trigger: `.o_shift_timeline .vis-item.o_shift_${status}`,
        async run() {
            const within = () => {
                const item = document.querySelector(`.vis-item.o_shift_${status}`);
                const row = rowOf(name)?.getBoundingClientRect();
                const y = item && middle(item)[1];
                return row && y > row.top && y < row.bottom;
            };
            for (let count = 0; count < 300 && !within(); count++) {
                await frame();
            }
            if (!within()) {
                throw new Error(`The shift is not in the row of ${name}.`);
            }
        },
    };
}

function show(view) {
    return [
        {
            content: `Switch to the ${view}`,
            trigger: `.o_switch_view.o_${view}`,
            run: "click",
        },
        {
            trigger:
                view === "timeline"
                    ? ".o_shift_timeline .vis-item.vis-range"
                    : ".o_list_view .o_data_row",
        },
    ];
}

function openMenu(section, item) {
    return [
        {
            trigger: `.o_menu_sections [data-menu-xmlid='security_missions.${section}']`,
            run: "click",
        },
        {
            trigger: `.o-dropdown-item[data-menu-xmlid='security_missions.${item}']`,
            run: "click",
        },
    ];
}

/** Publish the shift of a guard, once the list shows him: it may open on older data. */
function publishAll(name) {
    return [
        {trigger: `.o_list_view .o_data_row:contains('${name}')`},
        {
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name='action_publish']",
            run: "click",
        },
    ];
}

const closeRefusal = [
    {
        content: "The refusal names the guard and the article",
        trigger: ".modal:contains('Nadia Uncovered'):contains('CSI L612-20')",
    },
    {
        trigger: ".modal .modal-footer .btn-primary",
        run: "click",
    },
    {trigger: "body:not(:has(.modal))"},
];

registry.category("web_tour.tours").add("security_missions_planner", {
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            trigger: ".o_app[data-menu-xmlid='security_workforce.menu_security_root']",
            run: "click",
        },
        {content: "The app opens on the board", trigger: ".o_rota_grid .o_rota_row"},

        ...openMenu("menu_security_contracts", "menu_security_mission"),
        {
            trigger: ".o_data_row td:contains('Tour mission')",
            run: "click",
        },
        {
            trigger:
                ".o_form_view header button[name='action_generate']:enabled, .o_form_statusbar button[name='action_generate']:enabled",
            run: "click",
        },
        {
            trigger: ".modal footer button[name='action_generate']",
            run: "click",
        },
        {
            content: "The board opens where the new shift is, next month",
            trigger: ".o_shift_timeline .vis-item.o_shift_open",
        },

        ...dragToRow("Nadia Uncovered"),
        inRow("Nadia Uncovered", "draft"),
        ...show("list"),
        ...publishAll("Nadia Uncovered"),
        ...closeRefusal,
        ...show("timeline"),
        ...dragToRow("Bruno Covered"),
        inRow("Bruno Covered", "draft"),
        ...show("list"),
        ...publishAll("Bruno Covered"),
        {trigger: ".o_data_row .badge:contains('Published')"},

        ...show("timeline"),
        ...dragToRow("Nadia Uncovered"),
        ...closeRefusal,
        inRow("Bruno Covered", "published"),

        ...openMenu("menu_security_planning", "menu_security_shift_approve"),
        {
            trigger: ".o_data_row:contains('Bruno Covered')",
        },
        {
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name='action_approve']",
            run: "click",
        },
        {
            content: "Nothing is left to approve",
            trigger: ".o_list_view:not(:has(.o_data_row)), .o_view_nocontent",
        },
    ],
});
