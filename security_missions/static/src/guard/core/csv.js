// A cell that a spreadsheet would run is written as text.
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+([.,]\d+)?$/;

function cell(value) {
    const text =
        value && typeof value === "object"
            ? JSON.stringify(value)
            : String(value ?? "");
    const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
}

/** Rows as CSV that spreadsheets open with the right letters. */
export function toCsv(rows) {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
    return "\ufeff" + lines.map((line) => line.map(cell).join(";")).join("\r\n");
}
