package org.tallystick.simulation;

/**
 * A property that a history broke.
 *
 * @param property broken
 * @param detail who and what
 */
public record Violation(Property property, String detail) {}
