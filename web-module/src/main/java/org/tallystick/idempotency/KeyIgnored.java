package org.tallystick.idempotency;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A POST that can be sent again without a key, since it only reads, and whose answer is too long to
 * be kept: an Idempotency-Key means nothing to it. Its entry in {@code openapi.yaml} says {@code
 * x-unkeyed}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface KeyIgnored {}
