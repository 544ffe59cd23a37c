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
    onWillUnmount(() => stop?.());

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
        return {ghost, left, top};
    }

    /** Let a refused chip fly back to where it was. */
    function flyBack({ghost}) {
        ghost.style.transition = `transform ${BACK}ms ease-out`;
        ghost.style.transform = "translate(0, 0)";
        setTimeout(() => ghost.remove(), BACK);
    }

    function listen(handlers) {
        for (const [type, handler] of Object.entries(handlers)) {
            document.addEventListener(type, handler, {capture: true, passive: false});
        }
        stop = () => {
            for (const [type, handler] of Object.entries(handlers)) {
                document.removeEventListener(type, handler, {capture: true});
            }
            stop = null;
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
        document.addEventListener("pointerup", swallowClick, {
            capture: true,
            once: true,
        });
    }

    function dragMouse(down, chip) {
        const id = Number(chip.dataset.id);
        const scroller = chip.closest(".o_rota_scroll");
        let carried = null;
        let target = null;
        const mark = (place) => {
            target?.cell.classList.remove("o_rota_target");
            target = place;
            target?.cell.classList.add("o_rota_target");
        };
        const end = () => {
            stop?.();
            mark(null);
            chip.classList.remove("o_rota_leaving");
        };
        listen({
            pointermove(ev) {
                const dx = ev.clientX - down.clientX;
                const dy = ev.clientY - down.clientY;
                if (!carried && Math.hypot(dx, dy) < MOVED) {
                    return;
                }
                if (!carried) {
                    carried = ghostOf(chip);
                    chip.classList.add("o_rota_leaving");
                }
                carried.ghost.style.transform = `translate(${dx}px, ${dy}px)`;
                scrollNear(scroller, ev.clientX, ev.clientY);
                mark(placeAt(ev.clientX, ev.clientY));
            },
            async pointerup(ev) {
                const place = carried && placeAt(ev.clientX, ev.clientY);
                end();
                if (!carried) {
                    return;
                }
                swallowClick();
                carried.ghost.classList.add("o_rota_waiting");
                const done = place ? await board.onDrop(id, place, ev) : false;
                if (done) {
                    carried.ghost.remove();
                } else {
                    flyBack(carried);
                }
            },
            keydown(ev) {
                if (ev.key === "Escape") {
                    ev.stopPropagation();
                    end();
                    if (carried) {
                        swallowClick();
                        flyBack(carried);
                    }
                }
            },
            pointercancel() {
                end();
                carried?.ghost.remove();
            },
        });
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
        listen({
            pointermove(ev) {
                label.data = board.resized(id, edge.dataset.edge, minutes(ev));
            },
            async pointerup(ev) {
                stop();
                swallowClick();
                const by = minutes(ev);
                const done = by && (await board.onResize(id, edge.dataset.edge, by));
                if (!done) {
                    label.data = before;
                }
            },
            pointercancel() {
                stop();
                label.data = before;
            },
        });
    }

    function pressLong(down, chip) {
        const timer = setTimeout(() => {
            stop?.();
            swallowNextUp();
            navigator.vibrate?.(30);
            board.onPick(Number(chip.dataset.id));
        }, LONG_PRESS);
        const end = () => {
            clearTimeout(timer);
            stop?.();
        };
        listen({
            pointermove(ev) {
                if (
                    Math.hypot(ev.clientX - down.clientX, ev.clientY - down.clientY) >
                    MOVED * 2
                ) {
                    end();
                }
            },
            pointerup: end,
            pointercancel: end,
        });
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
