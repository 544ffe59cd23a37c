// What the linter asks of our JavaScript: ES modules in a browser, with Odoo's globals.
const js = require("@eslint/js");
const globals = require("globals");

module.exports = [
    js.configs.recommended,
    {
        files: ["security_*/static/**/*.js"],
        ignores: ["**/static/lib/**"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, luxon: "readonly", odoo: "readonly"},
        },
        rules: {
            complexity: ["error", 15],
            curly: "error",
            "dot-notation": "error",
            eqeqeq: "error",
            "init-declarations": "error",
            "max-depth": "error",
            "no-alert": "error",
            "no-console": "error",
            "no-duplicate-imports": "error",
            "no-else-return": "error",
            "no-empty-function": "error",
            "no-eval": "error",
            "no-implied-eval": "error",
            "no-lonely-if": "error",
            "no-new-func": "error",
            "no-return-assign": "error",
            "no-shadow": "error",
            "no-throw-literal": "error",
            "no-unneeded-ternary": "error",
            "no-unused-expressions": "error",
            "no-use-before-define": "error",
            "no-useless-call": "error",
            "no-useless-concat": "error",
            "no-var": "error",
            "operator-assignment": ["error", "always"],
            "prefer-const": "error",
            "spaced-comment": ["error", "always"],
        },
    },
];
