import {html, useEffect, useState} from "@security_missions/guard/core/html";
import {_t} from "@security_missions/guard/core/i18n";
import {Button} from "./button";
import {Icon} from "./icon";

const LONGEST = 1600;
const QUALITY = 0.75;

/** The picture only, smaller: where and with what it was taken stays behind. */
export async function shrink(file) {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}

function Thumb({blob, onDrop}) {
    const [address, setAddress] = useState("");
    useEffect(() => {
        const made = URL.createObjectURL(blob);
        setAddress(made);
        return () => URL.revokeObjectURL(made);
    }, [blob]);
    return html`<figure class="thumb">
        <img src=${address} alt=${_t("Photo taken")} />
        <${Button} icon="close" onClick=${onDrop}>${_t("Remove")}<//>
    </figure>`;
}

/** @param {{photos: Blob[], onChange: Function, most: Number}} props */
export function PhotoInput({photos, onChange, most = 8}) {
    const [problem, setProblem] = useState("");
    const take = async (event) => {
        const files = [...event.target.files].slice(0, most - photos.length);
        event.target.value = "";
        setProblem("");
        try {
            onChange([...photos, ...(await Promise.all(files.map(shrink)))]);
        } catch {
            setProblem(_t("This file is not a picture that the phone can read."));
        }
    };
    return html`<div class="photos">
        ${photos.map(
            (blob) =>
                html`<${Thumb}
                    blob=${blob}
                    onDrop=${() => onChange(photos.filter((one) => one !== blob))}
                />`
        )}
        ${photos.length < most &&
        html`<label class="button plain take">
            <${Icon} name="camera" /><span>${_t("Take a photo")}</span>
            <input
                type="file"
                accept="image/*"
                capture="environment"
                onChange=${take}
            />
        </label>`}
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    </div>`;
}
