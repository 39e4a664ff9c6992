package org.tallystick.staff;

/**
 * Who makes a request.
 *
 * @param actor with no roles while a security key is missing
 * @param keyMissing whether the bank asks everyone for a security key, and this session was opened
 *     without one: it may only be used to register one
 */
public record StaffIdentity(Actor actor, boolean keyMissing) {}
