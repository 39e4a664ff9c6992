/** Where answers under an idempotency key are kept. */
@NullMarked
package org.tallystick.idempotency;

import org.jspecify.annotations.NullMarked;
