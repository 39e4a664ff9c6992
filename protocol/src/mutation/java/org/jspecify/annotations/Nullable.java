package org.jspecify.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stands in for JSpecify's annotation of this name while classes are mutated, and is gone after
 * compilation: Java refuses to replace a loaded record whose class file annotates a component
 * (hcoles/pitest issue 1285; seen with Java 17 and 25), which ends a run without a result.
 */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.SOURCE)
public @interface Nullable {}
