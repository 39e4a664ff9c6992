package org.tallystick.launcher.bank;

/**
 * A party with an account to pay from or to be paid into.
 *
 * @param customer the party
 * @param account its number
 */
public record AccountHolder(Customer customer, String account) {}
