// The three small libraries of the page, as one module: templates without a compiler.

const {h, render: draw} = window.preact;
const hooks = window.preactHooks;

export const html = window.htm.bind(h);
export const render = draw;
export const useState = hooks.useState;
export const useEffect = hooks.useEffect;
export const useMemo = hooks.useMemo;
export const useRef = hooks.useRef;
export const useCallback = hooks.useCallback;
