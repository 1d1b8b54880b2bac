/** Why an address is suppressed that its owner stopped in an app's preferences, and may allow there again. */
export const byPreference = "user-preferences";
