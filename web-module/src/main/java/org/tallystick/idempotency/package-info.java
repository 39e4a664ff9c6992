/** The Idempotency-Key header. */
@NullMarked
package org.tallystick.idempotency;

import org.jspecify.annotations.NullMarked;
