// Everything a screen may use, by one name.
export {Button} from "./button";
export {Card, Nothing} from "./card";
export {Field} from "./field";
export {Icon} from "./icon";
export {PhotoInput, shrink} from "./photo_input";
export {QrScan} from "./qr_scan";
export {Signature} from "./signature";
export {StateBadge} from "./state_badge";
