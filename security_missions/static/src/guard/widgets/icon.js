import {html} from "@security_missions/guard/core/html";

// Drawn with strokes on a field of 24 by 24.
const PATHS = {
    home: "M3 11l9-8 9 8M5 10v10h5v-6h4v6h5V10",
    calendar: "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
    menu: "M4 7h16M4 12h16M4 17h16",
    clock: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3 3",
    walk: "M13 4a1.5 1.5 0 100 .1M9 21l2-6-2-3 1-5 4 1 2 3h3M11 15l3 2v4",
    route: "M6 19a2 2 0 100-.1M18 5a2 2 0 100-.1M8 19h7a4 4 0 000-8H9a4 4 0 010-8h7",
    place: "M12 21s7-6.5 7-11a7 7 0 00-14 0c0 4.500 7 11 7 11zM12 8a2 2 0 100 4 2 2 0 000-4z",
    queue: "M4 6h16M4 12h10M4 18h7M17 14v6M14 17l3 3 3-3",
    hand: "M4 12h13M12 7l5 5-5 5M20 5v14",
    offer: "M12 3l2.600 5.700 6.200.700-4.600 4.200 1.300 6.100L12 16.600 6.500 19.700l1.300-6.100L3.200 9.400l6.200-.700z",
    swap: "M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4",
    chart: "M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6",
    card: "M3 6h18v12H3zM3 10h18M7 15h4",
    download: "M12 4v11M7 11l5 5 5-5M4 20h16",
    settings:
        "M12 9a3 3 0 100 6 3 3 0 000-6zM12 3v3M12 18v3M3 12h3M18 12h3M6 6l2 2M16 16l2 2M18 6l-2 2M8 16l-2 2",
    bell: "M5 17h14l-2-3V10a5 5 0 00-10 0v4zM10 20h4M12 3v2",
    book: "M5 4h13v16H5zM9 4v16M12 8h4M12 12h4",
    camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 10a3.500 3.500 0 100 7 3.500 3.500 0 000-7z",
    qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h3v3h-3zM20 17v3h-3",
    alarm: "M12 3l9 17H3zM12 10v4M12 17v.1",
    check: "M5 13l4 4L19 7",
    cloud: "M7 18h10a4 4 0 000-8 6 6 0 00-11.500 1.500A3.500 3.500 0 007 18z",
    message: "M4 5h16v11H9l-5 4z",
    next: "M9 5l7 7-7 7",
    back: "M15 5l-7 7 7 7",
    person: "M12 4a4 4 0 100 8 4 4 0 000-8zM4 21c1-5 4-7 8-7s7 2 8 7",
    close: "M6 6l12 12M18 6L6 18",
    refresh: "M20 11a8 8 0 10-2 6M20 4v7h-7",
    wait: "M7 3h10M7 21h10M8 3c0 6 8 6 8 9s-8 3-8 9M16 3c0 6-8 6-8 9s8 3 8 9",
};

/** A small drawing beside a word; says nothing to a screen reader. */
export function Icon({name}) {
    return html`<svg
        class="icon"
        viewBox="0 0 24 24"
        aria-hidden="true"
        focusable="false"
    >
        <path d=${PATHS[name] || PATHS.next} />
    </svg>`;
}
