import {onMounted, onWillUnmount} from "@odoo/owl";

/** Rows drawn above and below what is seen, in pixels. */
const MARGIN = 300;
const HEADER = 44;

/**
 * Only the rows that are seen are drawn: a firm has hundreds.
 *
 * @param {Object} scroll ref of the element that scrolls
 * @param {Function} redraw the same rows, others of them
 * @param {Function} resized the rows may have another height
 */
export function useRotaWindow(scroll, redraw, resized) {
    let top = 0;
    let drawn = 0;
    let size = 900;
    const measure = () => {
        if (scroll.el && scroll.el.clientHeight !== size) {
            size = scroll.el.clientHeight;
            resized();
        }
    };
    const observer = new ResizeObserver(measure);
    onMounted(() => observer.observe(scroll.el));
    onWillUnmount(() => observer.disconnect());
    return {
        /** The rows to draw, and the empty heights above and below them. */
        slice(rows) {
            drawn = top;
            const found = {rows: [], before: 0, after: 0};
            let y = 0;
            rows.forEach((row, index) => {
                const bottom = y + row.height;
                if (bottom < top - MARGIN) {
                    found.before += row.height;
                } else if (y > top + size + MARGIN) {
                    found.after += row.height;
                } else {
                    found.rows.push({row, index});
                }
                y = bottom;
            });
            return found;
        },
        scrolled() {
            top = scroll.el.scrollTop;
            if (Math.abs(top - drawn) > MARGIN / 2) {
                redraw();
            }
        },
        /** Scroll until a row is drawn, for the keyboard. */
        show(rows, key) {
            let y = 0;
            for (const row of rows) {
                if (row.key === key) {
                    const view = scroll.el.clientHeight - HEADER;
                    if (y < scroll.el.scrollTop) {
                        scroll.el.scrollTop = y;
                    } else if (y + row.height > scroll.el.scrollTop + view) {
                        scroll.el.scrollTop = y + row.height - view;
                    }
                    top = scroll.el.scrollTop;
                    redraw();
                    return;
                }
                y += row.height;
            }
        },
    };
}
