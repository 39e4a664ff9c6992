package org.tallystick.verifier;

/**
 * One step of a check.
 *
 * @param step V1 to V7 of docs/PROTOCOL.md section 10
 * @param what was checked, in words
 * @param holds whether it held
 */
public record Finding(String step, String what, boolean holds) {}
