package org.tallystick.screening;

/**
 * One name of an entry, as the list writes it.
 *
 * @param text in any script; "FAMILY, Given" as in OFAC's lists stays so
 * @param kind how much it says
 */
public record ListedName(String text, NameKind kind) {}
