package org.tallystick.simulation;

import org.tallystick.money.Money;

/**
 * A bill as the payee's file keeps it and the payer scans it.
 *
 * @param number transaction number
 * @param hash bill hash, 32 bytes
 * @param amount total
 * @param expiresMillis of the bill
 * @param n number of the payee's half
 * @param payee who made it
 */
record BillNote(
    String number, byte[] hash, Money amount, long expiresMillis, long n, Party payee) {}
