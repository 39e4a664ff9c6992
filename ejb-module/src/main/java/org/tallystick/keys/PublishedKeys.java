package org.tallystick.keys;

/**
 * What devices get to know of the bank's keys.
 *
 * @param version of the key set
 * @param root public key, 33 bytes
 * @param signed the key set, COSE_Sign1 by the root
 */
public record PublishedKeys(long version, byte[] root, byte[] signed) {}
