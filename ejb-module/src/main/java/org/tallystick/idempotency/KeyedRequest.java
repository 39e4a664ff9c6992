package org.tallystick.idempotency;

/**
 * A request under an idempotency key.
 *
 * @param caller who asks, as the edge has found out: staff or party, and which
 * @param method of HTTP
 * @param path where, without the query
 * @param key the client's, 1 to 64 visible ASCII characters
 * @param query the raw query, empty for none
 * @param body the bytes as they came
 */
public record KeyedRequest(
    String caller, String method, String path, String key, String query, byte[] body) {}
