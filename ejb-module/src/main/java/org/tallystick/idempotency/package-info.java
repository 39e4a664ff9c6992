/** What is asked twice under one key is done once. */
@NullMarked
package org.tallystick.idempotency;

import org.jspecify.annotations.NullMarked;
