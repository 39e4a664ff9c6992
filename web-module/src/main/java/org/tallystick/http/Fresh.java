package org.tallystick.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A GET whose answer gets no entity tag: it is another each time, or asked too often for one. Its
 * entry in {@code openapi.yaml} says {@code x-fresh}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Fresh {}
