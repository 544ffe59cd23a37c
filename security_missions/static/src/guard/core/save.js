/** Hand a file to the guard: he keeps it or shares it. */
export function saveFile(name, type, content) {
    const address = URL.createObjectURL(new Blob([content], {type}));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
}
