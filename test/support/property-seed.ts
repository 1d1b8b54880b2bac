import fc from "fast-check";

// A run of the suite is repeatable; PROPERTY_SEED=<number> looks elsewhere.
fc.configureGlobal({ seed: Number(process.env["PROPERTY_SEED"] ?? 20_261_121) });
