package org.tallystick.staff;

import java.util.List;

/**
 * What a security key is asked to sign at sign-in.
 *
 * @param challenge base64url of 32 bytes, good once and for two minutes
 * @param rpId for which site
 * @param credentials which keys may sign, base64url
 */
public record KeyAsked(String challenge, String rpId, List<String> credentials) {}
