package org.tallystick.verifier;

/**
 * One step of a check.
 *
 * @param step V1 to V9 of docs/PROTOCOL.md section 12
 * @param what was checked, in words
 * @param holds whether it held
 */
public record Finding(String step, String what, boolean holds) {}
