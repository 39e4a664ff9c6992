/**
 * A labelled set of names made from target lists and from corpora written by hand, and what the
 * screening engine makes of it. Nothing that makes the set knows the engine.
 */
@NullMarked
package org.tallystick.bench.screening;

import org.jspecify.annotations.NullMarked;
