import {onWillUnmount} from "@odoo/owl";

const MOVED = 5;
const LONG_PRESS = 450;
const BACK = 250;
const EDGE = 40;
const QUARTER = 15;

/**
 * Drag chips with a mouse, pick them up with a long press.
 *
 * @param {Object} board
 * @param {Function} board.canDrag (id) => whether the chip may move
 * @param {Function} board.onDrop (id, place, event) => promise of false when refused
 * @param {Function} board.onResize (id, side, minutes) => promise of the same
 * @param {Function} board.onPick (id) a long press has picked this chip up
 * @returns {Function} what listens to `pointerdown` in the grid
 */
export function useRotaDrag(board) {
    let stop = null;
    const ghosts = new Set();
    onWillUnmount(() => {
        stop?.();
        ghosts.forEach((ghost) => ghost.remove());
    });

    /** The cell under a point, and the chip in it. */
    function placeAt(x, y) {
        const found = document.elementFromPoint(x, y);
        const cell = found?.closest(".o_rota_cell[data-day]");
        return (
            cell && {
                cell,
                row: cell.dataset.row,
                day: cell.dataset.day,
                over: Number(found.closest(".o_rota_chip")?.dataset.id) || null,
            }
        );
    }

    function ghostOf(chip) {
        const {left, top, width, height} = chip.getBoundingClientRect();
        const ghost = chip.cloneNode(true);
        ghost.removeAttribute("id");
        ghost.classList.add("o_rota_ghost");
        ghost.setAttribute("aria-hidden", "true");
        Object.assign(ghost.style, {
            left: `${left}px`,
            top: `${top}px`,
            width: `${width}px`,
            height: `${height}px`,
        });
        document.body.appendChild(ghost);
        ghosts.add(ghost);
        return ghost;
    }

    function drop(ghost) {
        ghost.remove();
        ghosts.delete(ghost);
    }

    /** Let a refused chip fly back to where it was. */
    function flyBack(ghost) {
        ghost.style.transition = `transform ${BACK}ms ease-out`;
        ghost.style.transform = "translate(0, 0)";
        setTimeout(() => drop(ghost), BACK);
    }

    /** Listen until `stop`; `clean` then takes away what the gesture has drawn. */
    function listen(handlers, clean) {
        for (const [type, handler] of Object.entries(handlers)) {
            document.addEventListener(type, handler, {capture: true, passive: false});
        }
        stop = () => {
            for (const [type, handler] of Object.entries(handlers)) {
                document.removeEventListener(type, handler, {capture: true});
            }
            stop = null;
            clean();
        };
    }

    function scrollNear(scroller, x, y) {
        const box = scroller.getBoundingClientRect();
        const near = (at, low, high) =>
            at < low + EDGE ? -1 : at > high - EDGE ? 1 : 0;
        scroller.scrollTop += 12 * near(y, box.top + EDGE, box.bottom);
        scroller.scrollLeft += 12 * near(x, box.left + 180, box.right);
    }

    /** The click that follows a drag is not one. */
    function swallowClick() {
        const swallow = (ev) => {
            ev.stopPropagation();
            ev.preventDefault();
        };
        document.addEventListener("click", swallow, {capture: true, once: true});
        setTimeout(
            () => document.removeEventListener("click", swallow, {capture: true}),
            50
        );
    }

    /** The finger that leaves after a long press taps nothing. */
    function swallowNextUp() {
        const types = ["pointerup", "pointercancel"];
        const over = (ev) => {
            types.forEach((type) =>
                document.removeEventListener(type, over, {capture: true})
            );
            if (ev.type === "pointerup") {
                swallowClick();
            }
        };
        types.forEach((type) => document.addEventListener(type, over, {capture: true}));
    }

    function dragMouse(down, chip) {
        const id = Number(chip.dataset.id);
        const scroller = chip.closest(".o_rota_scroll");
        let ghost = null;
        let target = null;
        const mark = (place) => {
            target?.cell.classList.remove("o_rota_target");
            target = place;
            target?.cell.classList.add("o_rota_target");
        };
        const clean = () => {
            mark(null);
            chip.classList.remove("o_rota_leaving");
        };
        const handlers = {
            pointermove(ev) {
                const dx = ev.clientX - down.clientX;
                const dy = ev.clientY - down.clientY;
                if (!ghost && Math.hypot(dx, dy) < MOVED) {
                    return;
                }
                if (!ghost) {
                    ghost = ghostOf(chip);
                    chip.classList.add("o_rota_leaving");
                }
                ghost.style.transform = `translate(${dx}px, ${dy}px)`;
                scrollNear(scroller, ev.clientX, ev.clientY);
                mark(placeAt(ev.clientX, ev.clientY));
            },
            async pointerup(ev) {
                const place = ghost && placeAt(ev.clientX, ev.clientY);
                stop();
                if (!ghost) {
                    return;
                }
                swallowClick();
                ghost.classList.add("o_rota_waiting");
                let done = false;
                try {
                    done = place && (await board.onDrop(id, place, ev));
                } finally {
                    (done ? drop : flyBack)(ghost);
                }
            },
            keydown(ev) {
                if (ev.key === "Escape") {
                    ev.stopPropagation();
                    stop();
                    if (ghost) {
                        swallowClick();
                        flyBack(ghost);
                    }
                }
            },
            pointercancel() {
                stop();
                if (ghost) {
                    drop(ghost);
                }
            },
        };
        listen(handlers, clean);
    }

    function dragEdge(down, edge, chip) {
        const id = Number(chip.dataset.id);
        const day = chip.closest(".o_rota_cell").offsetWidth;
        const minutes = (ev) =>
            Math.round(((ev.clientX - down.clientX) / day) * (1440 / QUARTER)) *
            QUARTER;
        // The text itself: the node is the one that is drawn again.
        const label = chip.querySelector(".o_rota_times").firstChild;
        const before = label.data;
        const putBack = () => {
            label.data = before;
        };
        const handlers = {
            pointermove(ev) {
                label.data = board.resized(id, edge.dataset.edge, minutes(ev));
            },
            async pointerup(ev) {
                const by = minutes(ev);
                const shown = label.data;
                stop();
                swallowClick();
                if (!by) {
                    return;
                }
                // Until it is refused, what was asked for stays.
                label.data = shown;
                let done = false;
                try {
                    done = await board.onResize(id, edge.dataset.edge, by);
                } finally {
                    if (!done) {
                        putBack();
                    }
                }
            },
            pointercancel: () => stop(),
        };
        listen(handlers, putBack);
    }

    function pressLong(down, chip) {
        const timer = setTimeout(() => {
            stop();
            swallowNextUp();
            navigator.vibrate?.(30);
            board.onPick(Number(chip.dataset.id));
        }, LONG_PRESS);
        const handlers = {
            pointermove(ev) {
                if (
                    Math.hypot(ev.clientX - down.clientX, ev.clientY - down.clientY) >
                    MOVED * 2
                ) {
                    stop();
                }
            },
            pointerup: () => stop(),
            pointercancel: () => stop(),
        };
        listen(handlers, () => clearTimeout(timer));
    }

    return (ev) => {
        const chip = ev.target.closest(".o_rota_chip");
        if (
            !chip ||
            ev.button !== 0 ||
            stop ||
            !board.canDrag(Number(chip.dataset.id))
        ) {
            return;
        }
        const edge = ev.target.closest(".o_rota_edge");
        if (ev.pointerType === "touch") {
            pressLong(ev, chip);
        } else if (edge) {
            ev.preventDefault();
            dragEdge(ev, edge, chip);
        } else {
            dragMouse(ev, chip);
        }
    };
}
